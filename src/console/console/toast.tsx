import { Close, Notification, Title } from "@zendeskgarden/react-notifications";
import type { ReactNode } from "react";

interface ToastProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

export function Toast({ title, onClose, children }: ToastProps) {
  return (
    <Notification type="success" role="status">
      <Title>{title}</Title>
      {children}
      <Close aria-label="Close this message" onClick={onClose} />
    </Notification>
  );
}
