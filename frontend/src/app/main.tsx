import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../ui/theme/base.css";
import { startTheme } from "../ui/theme/theme";
import { App } from "./App";

startTheme();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root element.");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
