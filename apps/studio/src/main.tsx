import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Fallen } from "./parts/fallen";
import { Studio } from "./shell/studio";
import "./shell/studio.css";

const place = document.getElementById("studio");
if (place === null) throw new Error("the page has no place for the studio");
createRoot(place).render(
  <StrictMode>
    <Fallen>
      <Studio />
    </Fallen>
  </StrictMode>,
);
