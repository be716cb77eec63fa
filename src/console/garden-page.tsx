/** What both pages stand on: Zendesk's own look in light and dark, data fetching, and short messages. */

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ToastProvider } from "@zendeskgarden/react-notifications";
import {
  ColorSchemeProvider,
  DEFAULT_THEME,
  getColor,
  type IGardenTheme,
  ThemeProvider,
  useColorScheme,
} from "@zendeskgarden/react-theming";
import { type ReactNode, StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { createGlobalStyle } from "styled-components";
import { RequestError } from "./request.ts";
import "./page.css";
import "./reduced-motion.css";

const variable = (name: string) => (props: { theme: IGardenTheme }) =>
  getColor({ theme: props.theme, variable: name });
const shade = (hue: string, light: number, dark: number) => (props: { theme: IGardenTheme }) =>
  getColor({ theme: props.theme, hue, light: { shade: light }, dark: { shade: dark } });

/** Garden's colours as CSS variables, so that the style sheets stay plain and follow the scheme. */
const Colors = createGlobalStyle<object>`
  :root {
    color-scheme: ${({ theme }) => theme.colors.base};
    --background: ${variable("background.default")};
    --raised: ${variable("background.raised")};
    --recessed: ${variable("background.recessed")};
    --subtle: ${variable("background.subtle")};
    --text: ${variable("foreground.default")};
    --quiet: ${shade("grey", 700, 500)};
    --link: ${variable("foreground.primary")};
    --border: ${variable("border.default")};
    --focus: ${variable("border.primaryEmphasis")};
    --good: ${variable("foreground.success")};
    --good-soft: ${variable("background.success")};
    --warn: ${variable("foreground.warning")};
    --warn-soft: ${variable("background.warning")};
    --warn-border: ${variable("border.warning")};
    --bad: ${variable("foreground.danger")};
    --bad-soft: ${variable("background.danger")};
    --selected: ${shade("kale", 100, 1000)};
    --accent: ${shade("kale", 700, 500)};
    --brand: ${shade("kale", 900, 1100)};
    --note: ${({ theme }) => (theme.colors.base === "dark" ? "#2c2612" : "#fff7d6")};
    --note-border: ${({ theme }) => (theme.colors.base === "dark" ? "#665322" : "#ecd27c")};
    --system: ${({ theme }) => theme.fonts.system};
    --mono: ${({ theme }) => theme.fonts.mono};
  }
`;

/** Above the drawer and the dialogs: a message about them must not hide behind them. */
const TOAST_LAYER = 1_000;

function Themed({ children }: { children: ReactNode }) {
  const { colorScheme } = useColorScheme();
  const theme = { ...DEFAULT_THEME, colors: { ...DEFAULT_THEME.colors, base: colorScheme } };
  return (
    <ThemeProvider theme={theme}>
      <Colors />
      <ToastProvider zIndex={TOAST_LAYER}>{children}</ToastProvider>
    </ThemeProvider>
  );
}

const RETRIES = 1;
/** What the server answered will not change by asking again; what the network swallowed may. */
const worthRetrying = (failures: number, error: Error): boolean =>
  failures < RETRIES && !(error instanceof RequestError && error.status >= 400 && error.status < 500);

function GardenPage({ children }: { children: ReactNode }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: worthRetrying, staleTime: 1_000 } } }),
  );
  return (
    <QueryClientProvider client={client}>
      <ColorSchemeProvider initialColorScheme="system">
        <Themed>{children}</Themed>
      </ColorSchemeProvider>
    </QueryClientProvider>
  );
}

/** Shows the page in the document's `#root`. */
export function showPage(page: ReactNode): void {
  const root = document.getElementById("root");
  if (root === null) throw new Error("The document has no #root to show the page in.");
  createRoot(root).render(
    <StrictMode>
      <GardenPage>{page}</GardenPage>
    </StrictMode>,
  );
}
