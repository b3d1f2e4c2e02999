import { Moon, Sun } from "lucide-react";
import { IconButton } from "../../ui/components";
import { chooseTheme, useTheme } from "../../ui/theme/theme";

export function ThemeToggle() {
  const theme = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  return (
    <IconButton
      label={`Switch to ${other} colours`}
      icon={theme === "dark" ? <Sun /> : <Moon />}
      onClick={() => chooseTheme(other)}
    />
  );
}
