/** To the other of light and dark. */
import { useTheme } from "./use-theme";

export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const next = theme === "dark" ? "light" : "dark";
  return (
    <button type="button" className="quiet" onClick={() => setTheme(next)}>
      {next === "dark" ? "Dark" : "Light"}
    </button>
  );
}
