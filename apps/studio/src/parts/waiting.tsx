/** Something is under way: what, how far, and a way to stop it. */
import type { Span } from "fabula";
import type { Failure, Progress } from "../engine/protocol";

export function Waiting({
  what,
  progress,
  cancel,
}: {
  readonly what: string;
  readonly progress?: Progress | undefined;
  readonly cancel?: (() => void) | undefined;
}) {
  const words = progress?.text ?? what;
  return (
    <div className="waiting" role="status">
      {progress?.share === undefined ? (
        <progress aria-label={what} />
      ) : (
        <progress aria-label={what} value={progress.share} max={1} />
      )}
      <span>{words} …</span>
      {cancel && (
        <button type="button" className="quiet" onClick={cancel}>
          Stop
        </button>
      )}
    </div>
  );
}

/** A change or a question is a line by itself. */
function placeOf({ source, line }: Span): string {
  return source.endsWith(".fabula") ? `${source}, line ${line}` : source;
}

/** What went wrong, where, and what can be done now. */
export function Failed({
  failure,
  again,
}: {
  readonly failure: Failure;
  readonly again?: (() => void) | undefined;
}) {
  return (
    <div className="failed" role="alert">
      {failure.kind === "cancelled" && <p>Stopped. Nothing was changed.</p>}
      {failure.kind === "defect" && (
        <>
          <p>This should not have happened: it is a defect of Fabula, not of your story.</p>
          <pre>{failure.message}</pre>
        </>
      )}
      {failure.kind === "diagnostics" && (
        <ul>
          {failure.diagnostics.map((one) => (
            <li key={`${one.code} ${one.span?.start ?? 0} ${one.message}`}>
              <span className="code">{one.code}</span> {one.message}
              {one.span && <span className="where"> ({placeOf(one.span)})</span>}
              {one.remedy && <span className="remedy"> Try: {one.remedy}</span>}
            </li>
          ))}
        </ul>
      )}
      {again && failure.kind !== "diagnostics" && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}
