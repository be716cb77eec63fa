import { Button } from "@zendeskgarden/react-buttons";
import { Drawer } from "@zendeskgarden/react-modals";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useHush } from "./draft.ts";
import type { SaveTable } from "./save-table.ts";

interface DraftDrawerProps {
  readonly title: string;
  readonly sub: ReactNode;
  readonly saving: SaveTable;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The inside of a drawer that edits a part of the table: fields between a heading and what can be done with them. */
export function DraftDrawer({ title, sub, saving, onClose, children }: DraftDrawerProps) {
  const id = useId();
  useHush();
  const { save, isSaving, trouble, refusals } = saving;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusals > 0) showFault(form.current);
  }, [refusals]);
  return (
    <>
      <Drawer.Header tag="h2">
        {title}
        <span className="drawer-sub">{sub}</span>
      </Drawer.Header>
      <Drawer.Body tabIndex={-1}>
        <form
          id={id}
          ref={form}
          className="draft-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          {children}
          <p role="alert" className="field-trouble">
            {trouble}
          </p>
        </form>
      </Drawer.Body>
      <Drawer.Footer>
        <Drawer.FooterItem>
          <Button isBasic onClick={onClose}>
            Cancel
          </Button>
        </Drawer.FooterItem>
        <Drawer.FooterItem>
          <Button isPrimary type="submit" form={id} disabled={isSaving}>
            {isSaving ? "Saving…" : "Save to draft"}
          </Button>
        </Drawer.FooterItem>
      </Drawer.Footer>
      <Drawer.Close aria-label="Close without saving" />
    </>
  );
}

/** In a long drawer, what is wrong may be out of sight. */
function showFault(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>("[aria-invalid='true']");
  if (field) field.focus();
  else form?.querySelector("[role='alert']")?.scrollIntoView({ block: "nearest" });
}
