import "../no-eval.ts";
import { showPage } from "../garden-page.tsx";
import { Console } from "./console.tsx";
import { signInWith, takeCode } from "./session.ts";

// Outside React: a code works once, and React may run an effect twice.
const code = takeCode(window.location, window.history);
const arrival = code === null ? null : signInWith({ code });
// Handled where it is shown; without this an early failure counts as unhandled.
arrival?.catch(() => undefined);

showPage(<Console arrival={arrival} />);
