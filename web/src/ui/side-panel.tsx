import { ActionIcon } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { Icon } from './icon.tsx';
import { useKey } from './keys.ts';
import { useMedia } from './measure.ts';
import classes from './side-panel.module.css';
import { FormPlace, leavePanel } from './unsaved.tsx';

interface SidePanelProps {
  title: string;
  /** Short id at the top: "CLA-ACC-07". */
  code?: string;
  /** Beside the close button: usually a link "Open control". */
  actions?: React.ReactNode;
  /** Removes the panel from the URL. */
  onClose: () => void;
  children: React.ReactNode;
}

/** Details of a row beside its list; below 1,200 px it covers the list, below 600 px the whole page. Esc closes it. */
export function SidePanel({ title, code, actions, onClose, children }: SidePanelProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const covers = useMedia('(max-width: 74.99rem)');
  const Frame = covers ? 'div' : 'aside';
  const close = () => leavePanel(onClose);
  useKey('Escape', close);
  useEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <Frame
      className={classes.panel}
      aria-labelledby={id}
      {...(covers ? { role: 'dialog', 'aria-modal': true } : {})}
    >
      <div className={classes.bar}>
        {code === undefined ? null : <code className={classes.code}>{code}</code>}
        <div className={classes.actions}>
          {actions}
          <ActionIcon variant="subtle" size={32} color="gray" onClick={close} aria-label="Close the panel">
            <Icon name="close" />
          </ActionIcon>
        </div>
      </div>
      <div className={classes.body}>
        <h2 id={id} ref={heading} tabIndex={-1} className={classes.title}>
          {title}
        </h2>
        <FormPlace value="panel">{children}</FormPlace>
      </div>
    </Frame>
  );
}
