import { SegmentedControl, Switch } from '@mantine/core';
import { client } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './account.module.css';
import type { CardProps } from './me.ts';

const THEMES = [
  { value: 'auto', label: 'Match the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Preferences for appearance, keyboard shortcuts and mail, stored with the account and so shared by all browsers. */
export function PreferencesCard({ me, onChanged }: CardProps) {
  const keep = (change: Partial<CardProps['me']['preferences']>) =>
    client.account
      .update({ version: me.version, preferences: { ...me.preferences, ...change } })
      .then(onChanged, (error: unknown) => toast({ kind: 'failed', text: explainError(error).text }));
  return (
    <Card title="Preferences">
      <Stack gap="lg">
        <div className={classes.item}>
          <span id="theme-label">Appearance</span>
          <SegmentedControl
            aria-labelledby="theme-label"
            data={[...THEMES]}
            value={me.preferences.theme}
            onChange={(theme) => void keep({ theme })}
          />
        </div>
        <Switch
          label="Single-letter shortcuts"
          description="G then H goes home, J and K move, and so on. Ctrl+K or Cmd+K always works."
          checked={me.preferences.singleLetterKeys}
          onChange={(event) => void keep({ singleLetterKeys: event.currentTarget.checked })}
        />
        <Switch
          label="Email me when work is assigned to me"
          description="Sent immediately, with the number of items and a link; also when someone reminds you of it. Not sent for what you assign to yourself."
          checked={me.preferences.mailWhenAssigned}
          onChange={(event) => void keep({ mailWhenAssigned: event.currentTarget.checked })}
        />
      </Stack>
    </Card>
  );
}
