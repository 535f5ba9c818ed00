/** The way to a view. */

export function Tab({
  title,
  here,
  open,
}: {
  readonly title: string;
  readonly here: boolean;
  readonly open: () => void;
}) {
  return (
    <button
      type="button"
      className={here ? "tab here" : "tab"}
      aria-current={here ? "page" : undefined}
      onClick={open}
    >
      {title}
    </button>
  );
}
