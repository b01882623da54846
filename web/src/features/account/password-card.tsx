import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { useFields } from '../../ui/fields.ts';
import { toast } from '../../ui/toast.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import classes from './account.module.css';
import type { CardProps } from './me.ts';
import { passwordRule } from './password-rule.ts';
import { useProof } from './proof.tsx';

/** Sets a new password, which ends every other session and, unless they are kept, the person's tokens. */
export function PasswordCard({ me, onChanged }: CardProps) {
  const withProof = useProof();
  const fields = useFields({ password: '' }, { password: passwordRule });
  const [keepTokens, setKeepTokens] = useState(false);
  const [busy, setBusy] = useState(false);
  useUnsaved(() => fields.changed && !busy);
  const save = async () => {
    setBusy(true);
    try {
      const { ended, tokens } = await withProof(() =>
        client.account.setPassword({ ...fields.values, keepTokens }),
      );
      fields.reset({ password: '' });
      toast({
        kind: 'done',
        text: `Your password is changed. ${ended === 0 ? 'You were not signed in anywhere else.' : `${ended} other ${ended === 1 ? 'session was' : 'sessions were'} ended.`}${tokens === 0 ? '' : ` ${tokens} ${tokens === 1 ? 'token was' : 'tokens were'} revoked.`}`,
      });
      onChanged();
    } catch (error) {
      fields.refuse({ password: explainError(error).text });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card
      title="Password"
      foot="Changing your password signs you out everywhere else and revokes your tokens, unless you keep them."
    >
      <form
        className={classes.inline}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (fields.check()) void save();
        }}
      >
        <PasswordInput
          label={me.signIn.password ? 'New password' : 'Password'}
          description="At least 12 characters. A few words in a row are easy to remember."
          autoComplete="new-password"
          {...fields.text('password')}
        />
        <Button type="submit" loading={busy}>
          {me.signIn.password ? 'Change password' : 'Set password'}
        </Button>
        <Checkbox
          className={classes.whole}
          label="Keep my tokens"
          checked={keepTokens}
          onChange={(event) => setKeepTokens(event.currentTarget.checked)}
        />
      </form>
    </Card>
  );
}
