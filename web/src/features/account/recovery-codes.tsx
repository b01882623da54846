import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { CopyButton } from '../../ui/copy-button.tsx';
import { saveFile } from '../../ui/export-menu.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import classes from './account.module.css';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  /** They replace the codes of an app that was set up earlier. */
  readonly renewed?: boolean;
  readonly onKept: () => void;
}

/** Shows the recovery codes once. Continuing requires confirming that they are stored; leaving before asks first. */
export function RecoveryCodes({ codes, renewed = false, onKept }: RecoveryCodesProps) {
  const [kept, setKept] = useState(false);
  useUnsaved(() => !kept);
  const text = `Recovery codes for Bylaw at ${location.host}\nEach one works once in place of a code from the app.\n\n${codes.join('\n')}\n`;
  return (
    <Stack gap="lg">
      <p role="status">
        {renewed
          ? 'Earlier recovery codes no longer work. Each of these ten works once in place of a code from the app. They are shown only once.'
          : 'The app is set up. If you lose it, each of these ten recovery codes works once in its place. They are shown only once.'}
      </p>
      <ol className={classes.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Row>
        <CopyButton value={text}>Copy all</CopyButton>
        <Button
          onClick={() => saveFile(new Blob([text], { type: 'text/plain' }), 'bylaw-recovery-codes.txt')}
        >
          Save as a file
        </Button>
      </Row>
      <Checkbox
        label="I have saved these codes somewhere I can reach without my phone."
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Row>
        <Button variant="filled" disabled={!kept} onClick={onKept}>
          Done
        </Button>
      </Row>
    </Stack>
  );
}
