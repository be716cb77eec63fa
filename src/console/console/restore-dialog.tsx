import { Button } from "@zendeskgarden/react-buttons";
import { Body, Close, Footer, FooterItem, Header, Modal } from "@zendeskgarden/react-modals";
import { sentenceOf } from "../request.ts";
import { useRestore, useSay } from "./draft.ts";
import { useDraft } from "./queries.ts";

interface RestoreDialogProps {
  readonly version: number;
  /** What the page shows as being in force: if that is out of date, the server refuses. */
  readonly currentVersion: number;
  readonly onClose: () => void;
}

/** It takes effect at once, so it asks first. */
export function RestoreDialog({ version, currentVersion, onClose }: RestoreDialogProps) {
  const restore = useRestore();
  const say = useSay();
  const hasDraft = useDraft().data?.saved ?? false;
  const send = (): void =>
    restore.mutate(
      { version, baseVersion: currentVersion },
      {
        onSuccess: (published) => {
          say(`Version ${published.version} published`, `It is version ${version} again.`);
          onClose();
        },
      },
    );
  return (
    <Modal onClose={onClose}>
      <Header tag="h2">Restore version {version}?</Header>
      <Body>
        <p>
          The table of version {version} is published again, as version {currentVersion + 1}. New tickets
          follow it at once; tickets that were routed before stay where they are.
        </p>
        {hasDraft && (
          <p>
            <strong>There is a draft with unpublished changes. Restoring throws it away.</strong>
          </p>
        )}
        <p role="alert" className="field-trouble">
          {restore.error === null ? null : sentenceOf(restore.error)}
        </p>
      </Body>
      <Footer>
        <FooterItem>
          <Button isBasic onClick={onClose}>
            Cancel
          </Button>
        </FooterItem>
        <FooterItem>
          <Button isPrimary disabled={restore.isPending} onClick={send}>
            {restore.isPending ? "Publishing…" : `Restore version ${version}`}
          </Button>
        </FooterItem>
      </Footer>
      <Close aria-label="Close without restoring" />
    </Modal>
  );
}
