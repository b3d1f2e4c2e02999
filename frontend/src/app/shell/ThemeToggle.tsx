import { Moon, Sun } from "lucide-react";
import { IconButton } from "../../ui/components";
import { chooseTheme, useTheme } from "../../ui/theme/theme";
import { t } from "../../words";

export function ThemeToggle() {
  const theme = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  return (
    <IconButton
      label={other === "dark" ? t("Switch to dark colours") : t("Switch to light colours")}
      icon={theme === "dark" ? <Sun /> : <Moon />}
      onClick={() => chooseTheme(other)}
    />
  );
}
