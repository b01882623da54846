import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { When } from '../../ui/when.tsx';
import classes from './retention.module.css';

type Holds = Awaited<ReturnType<typeof calls.retention.activity.holds>>;
type Hold = Holds['items'][number];

interface PersonHoldsProps {
  slug: string;
  may: { readonly hold: boolean; readonly change: boolean };
}

/** People whose events and counts are kept, whatever their age. */
export function PersonHolds({ slug, may }: PersonHoldsProps) {
  const load = useQuery(api.retention.activity.holds.queryOptions({ input: { client: slug } }));
  const [placing, setPlacing] = useState(false);
  const [lifting, setLifting] = useState<Hold | null>(null);
  const stored = (text: string) => done(text, api.retention.activity.key());
  const on = load.data?.items.filter((hold) => hold.on) ?? [];
  return (
    <Stack as="section" ruled aria-label="People on legal hold">
      {on.length === 0 ? (
        <p className="muted">No one is on legal hold.</p>
      ) : (
        <ul className={classes.holds}>
          {on.map((hold) => (
            <li key={hold.id}>
              <span>
                <strong>{hold.person}</strong>: {hold.reason} ({hold.owner} is responsible for it; since{' '}
                <When at={hold.placedAt} inline />,{' '}
                {hold.until === null ? 'until it is lifted' : `until ${dayWords(hold.until)}`})
              </span>
              {may.change ? (
                <Button
                  size="xs"
                  onClick={() => setLifting(hold)}
                  aria-label={`Lift the hold on ${hold.person}`}
                >
                  Lift…
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {may.hold ? (
        <Row gap="md">
          <Button onClick={() => setPlacing(true)}>Put a person on hold…</Button>
        </Row>
      ) : null}
      {placing ? (
        <Place
          onClose={() => setPlacing(false)}
          save={async (values) => {
            await calls.retention.activity.holdPerson({ client: slug, ...values });
            await stored('The hold is on.');
          }}
        />
      ) : null}
      {lifting === null ? null : (
        <Lift
          hold={lifting}
          onClose={() => setLifting(null)}
          save={async (reason) => {
            await calls.retention.activity.liftHold({ client: slug, hold: lifting.id, reason });
            await stored('The hold is lifted.');
          }}
        />
      )}
    </Stack>
  );
}

interface PlaceProps {
  onClose: () => void;
  save: (values: { person: string; reason: string; owner: string; until: string | null }) => Promise<void>;
}

function Place({ onClose, save }: PlaceProps) {
  const fields = useFields(
    { person: '', reason: '', owner: '', until: '' },
    {
      person: needed('Enter whose: an email address, or an ID from the log.'),
      reason: needed('Say why. The reason is recorded in the audit log.'),
      owner: needed('Say who is responsible for the hold.'),
    },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Put a person on legal hold"
      submit="Put on hold"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { person, reason, owner, until } = fields.values;
        await save({ person, reason: reason.trim(), owner, until: until === '' ? null : until });
        return true;
      }}
    >
      <p>
        Events and counts for all addresses known to be theirs stay until the hold ends, as do reports they
        sent as staff and quizzes they passed. Files and the reports Bylaw creates stay only while the whole
        client is on hold.
      </p>
      <TextInput label="Email address or ID" {...fields.text('person')} />
      <Textarea label="Why" autosize minRows={2} {...fields.text('reason')} />
      <TextInput label="Who is responsible" {...fields.text('owner')} />
      <TextInput
        label="Last day"
        description="If empty: until someone lifts it."
        type="date"
        {...fields.text('until')}
      />
    </FormDialog>
  );
}

interface LiftProps {
  hold: Hold;
  onClose: () => void;
  save: (reason: string) => Promise<void>;
}

function Lift({ hold, onClose, save }: LiftProps) {
  const fields = useFields(
    { reason: '' },
    { reason: needed('Say why. The reason is recorded in the audit log.') },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Lift the hold on ${hold.person}`}
      submit="Lift the hold"
      onSubmit={async () => {
        if (!fields.check()) return false;
        await save(fields.values.reason.trim());
        return true;
      }}
    >
      <p>
        Anything past its retention time is removed at the next daily run and can be restored only from a
        backup.
      </p>
      <Textarea label="Why" autosize minRows={2} {...fields.text('reason')} />
    </FormDialog>
  );
}
