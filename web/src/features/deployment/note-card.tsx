import { Button, Checkbox, Radio, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { addressOf, client as calls, routes } from '../../api.ts';
import { useClientHere, useSession } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { EvidenceField } from '../attestations/evidence-field.tsx';
import { useEvidence } from '../attestations/use-evidence.ts';
import { AppLink } from '../controls/link-button.tsx';
import classes from './deployment.module.css';
import type { May, Task } from './words.ts';

type Writing = Task['writes'][number];

/** Facts that no export shows: each line is an entry of the journal, written here or in its file. */
export function NoteCard({
  slug,
  writes,
  today,
  may,
  locked,
}: {
  slug: string;
  writes: readonly Writing[];
  today: string;
  may: May;
  locked: boolean;
}) {
  const writable = may.write && !locked;
  const [open, setOpen] = useState<Writing | null>(null);
  return (
    <Card
      title="Record it here"
      aside={may.write ? 'It goes into the journal, and earlier versions stay' : 'In the journal'}
    >
      <ul className={classes.notes}>
        {writes.map((one) => (
          <li key={one.entry}>
            <div>
              <h3>{one.label}</h3>
              <p className="muted">{one.written ?? 'Nothing recorded yet.'}</p>
              {one.variants.length > 0 && one.variant === null ? (
                <p className="muted">
                  It is not stated which variant applies here: a switch, if the console shows one, or the rule
                  that members can use only connectors an Owner has added.
                </p>
              ) : null}
              {one.evidence?.sha256 == null ? null : (
                <AppLink href={`/c/${slug}/evidence/${one.evidence.sha256}`}>{one.evidence.name}</AppLink>
              )}
            </div>
            {writable ? (
              <Button onClick={() => setOpen(one)}>
                {one.written === null ? 'Record' : 'Change'}
                <span className="hidden-text">: {one.label}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {may.write && locked ? (
        <p className="muted">
          The task is locked, so nothing can be recorded yet. It unlocks once everything it waits for is
          proven or a second person has approved an override.
        </p>
      ) : null}
      {writable ? (
        <p className="muted">
          Or edit the file and import it:{' '}
          <a href={addressOf(routes.deployment.document, { client: slug, document: 'journal' })} download>
            Download the journal
          </a>
        </p>
      ) : null}
      {open === null ? null : <NoteDialog writing={open} today={today} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function NoteDialog({ writing, today, onClose }: { writing: Writing; today: string; onClose: () => void }) {
  const { slug, name: clientName } = useClientHere();
  const { person } = useSession();
  const proof = useEvidence(slug, clientName, { one: writing.asks.includes('evidence') });
  const asks = (what: Writing['asks'][number]) => writing.asks.includes(what);
  const fields = useFields(
    { on: '', by: '', recipients: '', arrived: false, blocked: false, patterns: '', variant: '', note: '' },
    {
      on: (value) => {
        if (value === '') return 'Enter the date.';
        return !writing.ahead && value > today
          ? `That day is in the future. Today is ${dayWords(today)}.`
          : null;
      },
      recipients: (value) =>
        asks('recipients') && !/^\d{1,7}$/.test(value.trim()) ? 'Enter how many people it reached.' : null,
      variant: (value) =>
        asks('variant') && value === '' ? 'Choose which one applies to this client.' : null,
      patterns: (value) =>
        value.trim() === '' || /^[0-9a-f]{12}$/.test(value.trim())
          ? null
          : 'Enter the twelve digits of the version.',
      by: (value) =>
        asks('account') && !/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(value.trim())
          ? 'Enter the account’s email address.'
          : null,
    },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={writing.label}
      submit="Record it"
      onSubmit={async () => {
        if (!fields.check() || !proof.check()) return false;
        const { on, by, recipients, arrived, blocked, patterns, note } = fields.values;
        const variant = writing.variants.find(({ value }) => value === fields.values.variant)?.value;
        const evidence = asks('evidence') ? proof.files[0]?.sha256 : undefined;
        const created = await calls.deployment.note({
          client: slug,
          entry: writing.entry,
          on,
          ...(by.trim() === '' ? {} : { by: by.trim() }),
          ...(asks('recipients') ? { recipients: Number(recipients.trim()) } : {}),
          ...(asks('arrived') ? { arrived } : {}),
          ...(asks('blocked') ? { blocked } : {}),
          ...(asks('patterns') && patterns.trim() !== '' ? { patterns: patterns.trim() } : {}),
          ...(variant === undefined ? {} : { variant }),
          ...(evidence === undefined ? {} : { evidence }),
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        });
        await done(`The journal now says: ${created.says}.`);
        return true;
      }}
    >
      {writing.written === null ? null : (
        <p>The journal now says: {writing.written}. It keeps its earlier versions.</p>
      )}
      <TextInput
        label={writing.ahead ? 'Day' : 'Date done'}
        type="date"
        {...(writing.ahead ? {} : { max: today })}
        data-autofocus
        {...fields.text('on')}
      />
      {asks('by') ? (
        <TextInput
          label="Who did it"
          description={`Left empty: ${person.name}`}
          maxLength={200}
          {...fields.text('by')}
        />
      ) : null}
      {asks('account') ? (
        <TextInput
          label="Account that consented"
          description="Its email address as shown in the Entra audit log"
          maxLength={200}
          {...fields.text('by')}
        />
      ) : null}
      {asks('recipients') ? (
        <TextInput
          label="How many people it reached"
          inputMode="numeric"
          maxLength={7}
          {...fields.text('recipients')}
        />
      ) : null}
      {asks('arrived') ? <Checkbox label="The test event arrived" {...fields.box('arrived')} /> : null}
      {asks('blocked') ? <Checkbox label="The upload was blocked" {...fields.box('blocked')} /> : null}
      {asks('patterns') ? (
        <TextInput
          label="Version of the patterns"
          description="As shown on the Data loss prevention page. If left empty: the current version"
          maxLength={12}
          {...fields.text('patterns')}
        />
      ) : null}
      {asks('variant') ? (
        <Radio.Group
          label="Which variant applies here"
          description="Look at the Connectors page in Claude’s organization settings."
          value={fields.values.variant}
          onChange={(value) => fields.set('variant', value)}
          error={fields.error('variant')}
        >
          {writing.variants.map(({ value, words }) => (
            <Radio key={value} name="variant" value={value} label={words} mt="xs" />
          ))}
        </Radio.Group>
      ) : null}
      {asks('evidence') ? <EvidenceField slug={slug} evidence={proof} required /> : null}
      {asks('note') ? (
        <Textarea label="Note (optional)" autosize minRows={2} maxLength={2000} {...fields.text('note')} />
      ) : null}
    </FormDialog>
  );
}
