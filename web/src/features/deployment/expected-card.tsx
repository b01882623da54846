import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { When } from '../../ui/when.tsx';
import classes from './deployment.module.css';
import type { May, Task } from './words.ts';

type Dns = NonNullable<Task['dns']>;
type Expected = Dns['expected'][number];

/** The value that Claude shows for each domain. A lookup needs it to recognize the right record. */
export function ExpectedCard({ dns, may }: { dns: Dns; may: May }) {
  const [open, setOpen] = useState<Expected | null>(null);
  return (
    <Card
      title="The value that Claude shows"
      aside={
        dns.looked === null ? (
          'Not looked up yet'
        ) : (
          <>
            Looked up <When at={dns.looked.at} inline />, again each day
          </>
        )
      }
    >
      <ul className={classes.notes}>
        {dns.expected.map((one) => (
          <li key={one.domain}>
            <div>
              <h3>{one.domain}</h3>
              {one.value === null ? (
                <p className="muted">
                  Not entered yet. Until it is, any record that looks like one for Claude is accepted.
                </p>
              ) : (
                <>
                  <CopyValue value={one.value} name={`the TXT value of ${one.domain}`} />
                  <p className="muted">
                    Entered by {one.by}
                    {one.at === null ? '' : ', '}
                    {one.at === null ? null : <When at={one.at} inline />}. Publish it as a TXT record at{' '}
                    {one.domain} itself, next to the existing records.
                  </p>
                </>
              )}
            </div>
            {may.work ? (
              <Button onClick={() => setOpen(one)}>
                {one.value === null ? 'Enter' : 'Change'}
                <span className="hidden-text">: value of {one.domain}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {open === null ? null : <ExpectedDialog expected={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function ExpectedDialog({ expected, onClose }: { expected: Expected; onClose: () => void }) {
  const { slug } = useClientHere();
  const fields = useFields({ value: expected.value ?? '' });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`TXT value of ${expected.domain}`}
      submit="Save value"
      onSubmit={async () => {
        const value = fields.values.value.trim();
        await calls.deployment.expect({ client: slug, domain: expected.domain, value: value || null });
        await done(
          value === ''
            ? 'Removed. Any record for Claude is accepted again.'
            : 'Saved. Look it up once it is published.',
        );
        return true;
      }}
    >
      <p>
        Claude shows it once, when you choose Verify next to the domain under Organization settings &gt;
        Organization and access &gt; Domains. It will be published in DNS, so it is not a secret.
      </p>
      <TextInput
        label="Value"
        description="Starts with anthropic-domain-verification-. Leave empty to remove it."
        maxLength={500}
        data-autofocus
        {...fields.text('value')}
      />
    </FormDialog>
  );
}
