import { Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { singleKeysOn, switchSingleKeys } from '../ui/keys.ts';
import { useEntries } from './entries.ts';
import classes from './help-dialog.module.css';

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['Ctrl', 'K'], 'Find a page, an action, a control or a person'],
  [['?'], 'This list'],
  [['J'], 'Next row'],
  [['K'], 'Previous row'],
  [['Enter'], 'Open the row'],
  [['X'], 'Select the row'],
  [['Esc'], 'Close the panel, clear the selection'],
  [['F'], 'Filter'],
  [['E'], 'Export'],
  [['U'], 'Go to the message at the bottom of the page, to undo'],
  [['['], 'Previous client'],
  [[']'], 'Next client'],
];

interface HelpDialogProps {
  opened: boolean;
  onClose: () => void;
  onSingleKeys: (on: boolean) => void;
}

/** The list of keyboard shortcuts, and the switch for single-letter ones. */
export function HelpDialog({ opened, onClose, onSingleKeys }: HelpDialogProps) {
  const [on, setOn] = useState(singleKeysOn);
  const entries = useEntries().flatMap((group) => group.entries);
  const letters = entries.flatMap((entry) =>
    entry.key === undefined ? [] : [[['G', entry.key.toUpperCase()], entry.label] as const],
  );
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts">
      <dl className={classes.list}>
        {[...KEYS, ...letters].map(([keys, does]) => (
          <div key={keys.join(' ')}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Single-letter shortcuts"
        description="They are off while you type. Turn them off if you dictate."
        checked={on}
        onChange={(event) => {
          setOn(event.currentTarget.checked);
          switchSingleKeys(event.currentTarget.checked);
          onSingleKeys(event.currentTarget.checked);
        }}
      />
    </Modal>
  );
}
