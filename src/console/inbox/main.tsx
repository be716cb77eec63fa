import "../no-eval.ts";
import { showPage } from "../garden-page.tsx";
import { Inbox } from "./inbox.tsx";

showPage(<Inbox />);
