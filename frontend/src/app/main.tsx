import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../ui/theme/base.css";
import { startTheme } from "../ui/theme/theme";
import { currentLanguage } from "../words";
import { App } from "./App";
import { preloadFor } from "./workspaceRoute";

preloadFor(location.pathname);
startTheme();
document.documentElement.lang = currentLanguage();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root element.");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
