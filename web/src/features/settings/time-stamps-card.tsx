import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { useProof } from '../account/proof.tsx';
import type { Settings } from './settings-page.tsx';

/** Which authority proves the day of minutes and reports of incidents to others. */
export function TimeStampsCard({ settings: { timeStamps, version } }: { settings: Settings }) {
  const proven = useProof();
  const [url, setUrl] = useState(timeStamps?.url ?? '');
  const [issuers, setIssuers] = useState(timeStamps?.issuers ?? '');
  const saving = useSaving();
  const authority = url.trim() === '' ? null : { url: url.trim(), issuers: issuers.trim() };
  const changed = JSON.stringify(authority) !== JSON.stringify(timeStamps);
  const save = () =>
    saving.save(async () => {
      await proven(() => calls.settings.setTimeStamps({ version, authority }));
      await done(
        authority === null
          ? 'Saved. No more time stamps are asked for.'
          : 'Saved. The next minutes and reports of incidents are stamped.',
        api.settings.key(),
      );
    });
  return (
    <Card
      title="Time stamps"
      foot="How a time stamp is checked, and what it proves: docs/audit.md. The authority is sent the SHA-256 of the PDF and nothing else."
    >
      <Stack
        as="form"
        gap="lg"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p>
          An authority of time stamps (RFC 3161) proves to others on which day minutes of a review or a report
          of an incident were there. If it does not answer, they are signed without it, and it is asked again.
        </p>
        <TextInput
          label="Address of the authority"
          description="Begins with https. Empty: none is asked."
          spellCheck={false}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Textarea
          label="Its certificates"
          description="The root or issuing certificate as PEM, from the authority’s website. Empty: any certificate for time stamps is taken, and named beside the time stamp."
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          value={issuers}
          onChange={(event) => setIssuers(event.currentTarget.value)}
        />
        <SaveBar saving={saving} changed={changed}>
          Save
        </SaveBar>
      </Stack>
    </Card>
  );
}
