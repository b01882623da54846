import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ROLE_WORDS } from '../../../../src/domain/access/permissions.ts';
import { client } from '../../api.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import { When } from '../../ui/when.tsx';
import classes from './account.module.css';
import type { CardProps } from './me.ts';

/** The person's name, and their access. */
export function YouCard({ me, onChanged }: CardProps) {
  const fields = useFields({ name: me.name }, { name: needed('Enter your name as colleagues know it.') });
  const [busy, setBusy] = useState(false);
  useUnsaved(() => fields.changed && !busy);
  const save = async () => {
    setBusy(true);
    try {
      const name = fields.values.name.trim();
      await client.account.update({ version: me.version, name });
      fields.reset({ name });
      toast({ kind: 'done', text: 'Your name is changed.' });
      onChanged();
    } catch (error) {
      fields.refuse({ name: explainError(error).text });
    } finally {
      setBusy(false);
    }
  };
  const everywhere = me.roles.map((role) => ROLE_WORDS[role].name).join(', ');
  const here = me.clients
    .filter(({ roles }) => roles.some((role) => !me.roles.includes(role)))
    .map(({ name, roles }) => `${roles.map((role) => ROLE_WORDS[role].name).join(', ')} of ${name}`);
  return (
    <Card title="You">
      <Stack gap="lg">
        <form
          className={classes.inline}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (fields.check()) void save();
          }}
        >
          <TextInput label="Name" autoComplete="name" maxLength={200} {...fields.text('name')} />
          <Button type="submit" loading={busy} disabled={!fields.changed}>
            Save
          </Button>
        </form>
        <Facts
          facts={[
            ['Email address', me.email],
            [
              'Roles',
              everywhere === '' && here.length === 0
                ? 'None yet. An Owner assigns them under Access.'
                : [...(everywhere === '' ? [] : [`${everywhere} of all clients`]), ...here].join(' · '),
            ],
            ['Member since', <When key="since" at={me.createdAt} />],
          ]}
        />
      </Stack>
    </Card>
  );
}
