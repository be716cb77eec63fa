import { IconButton } from "@zendeskgarden/react-buttons";
import { useColorScheme } from "@zendeskgarden/react-theming";
import MoonIcon from "@zendeskgarden/svg-icons/src/16/moon-stroke.svg?react";
import SunIcon from "@zendeskgarden/svg-icons/src/16/sun-stroke.svg?react";

/** Light or dark: the system's choice until somebody presses this. */
export function SchemeButton() {
  const { colorScheme, setColorScheme } = useColorScheme();
  const other = colorScheme === "dark" ? "light" : "dark";
  return (
    <IconButton
      className="on-brand"
      size="small"
      aria-label={`Switch to ${other} colors`}
      title={`Switch to ${other} colors`}
      onClick={() => setColorScheme(other)}
    >
      {other === "dark" ? <MoonIcon /> : <SunIcon />}
    </IconButton>
  );
}
