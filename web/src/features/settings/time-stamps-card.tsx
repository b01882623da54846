import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { useProof } from '../account/proof.tsx';
import type { Settings } from './settings-page.tsx';

/** The timestamp authority that proves the date of minutes, incident reports and heads of the audit log to others. */
export function TimeStampsCard({ settings: { timeStamps, version } }: { settings: Settings }) {
  const withProof = useProof();
  const [url, setUrl] = useState(timeStamps?.url ?? '');
  const [issuers, setIssuers] = useState(timeStamps?.issuers ?? '');
  const saving = useSaving();
  const authority = url.trim() === '' ? null : { url: url.trim(), issuers: issuers.trim() };
  const changed = JSON.stringify(authority) !== JSON.stringify(timeStamps);
  const save = () =>
    saving.save(async () => {
      await withProof(() => calls.settings.setTimeStamps({ version, authority }));
      await done(
        authority === null
          ? 'Saved. No more time stamps are requested.'
          : 'Saved. From now on, minutes, incident reports and audit log heads are stamped.',
        api.settings.key(),
      );
    });
  return (
    <Card
      title="Time stamps"
      foot="How a time stamp is verified, and what it proves: docs/audit.md. The authority is sent only the SHA-256 of what it stamps."
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
          A time-stamping authority (RFC 3161) proves to others that review minutes, an incident report or
          audit log heads existed on a given day. If it does not answer, minutes and reports are signed
          without a time stamp, which is requested again later; heads are sent without one.
        </p>
        <TextInput
          label="Address of the authority"
          description="Starts with https. If empty: no authority is used."
          spellCheck={false}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Textarea
          label="Its certificates"
          description="The root or issuing certificate as PEM, from the authority’s website. If empty: any time-stamping certificate is accepted, and it is named next to the time stamp."
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
