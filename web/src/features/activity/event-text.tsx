import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { failed } from '../../acts.ts';
import { api, client as calls, queries } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './activity.module.css';
import type { Event } from './filters.ts';

type Texts = Awaited<ReturnType<typeof calls.activity.openText>>['texts'];

interface EventTextProps {
  slug: string;
  event: Event;
}

/** Whether an event's text is stored, until when, or why not. Opening it always requires a reason. */
export function EventText({ slug, event }: EventTextProps) {
  const [asking, setAsking] = useState(false);
  // Kept only in this panel: it is dropped when the panel closes, and opening it again is recorded again.
  const [texts, setTexts] = useState<Texts | null>(null);
  const { text } = event;
  const load = useQuery({
    ...api.activity.textOpenings.queryOptions({ input: { client: slug } }),
    enabled: text?.canOpen === true,
  });
  const mine = load.data?.items.find(({ own, seq, state }) => own && seq === event.seq && state !== 'over');
  const open = useMutation({
    mutationFn: (opening: string) => calls.activity.openText({ client: slug, seq: event.seq, opening }),
    onSuccess: (answer) => setTexts(answer.texts),
    onError: failed,
  });
  if (text === null) return null;
  return (
    <section aria-label="Text" className={classes.text}>
      <h3 className="subheading">Text</h3>
      <p>{text.says}</p>
      {text.state !== 'kept' || texts !== null ? null : text.canOpen ? (
        <>
          {mine?.state === 'waiting' ? (
            <p>
              You asked: {mine.reason} {mine.answers.length} of {mine.needed} agreed. The others will find the
              request on the client’s page.
            </p>
          ) : null}
          {mine?.state === 'refused' ? <p>{mine.answers.at(-1)?.by} refused to allow opening it.</p> : null}
          <div>
            {mine?.state === 'agreed' ? (
              <Button onClick={() => open.mutate(mine.id)} loading={open.isPending}>
                Open the text, on record
              </Button>
            ) : text.cases.length === 0 ? (
              <p>
                It can be opened only for an open incident, and there is none.{' '}
                <AppLink href={`/c/${slug}/incidents?open=yes&type=content_request`}>
                  Open an investigation
                </AppLink>
              </p>
            ) : (
              <Button onClick={() => setAsking(true)}>Ask to open the text…</Button>
            )}
          </div>
        </>
      ) : (
        <p className="muted">Your role does not include opening it. An Owner can appoint an Investigator.</p>
      )}
      {texts?.map((one) => (
        <div key={one.part}>
          <h4 className="subheading">{one.title}</h4>
          <pre className={classes.raw}>{one.text}</pre>
          {one.cut ? (
            <p className="muted">
              Truncated at {count(one.text.length, 'character')}: it was{' '}
              {one.characters.toLocaleString('en-US')} long.
            </p>
          ) : null}
        </div>
      ))}
      {texts === null ? null : (
        <div>
          <Button onClick={() => setTexts(null)}>Close the text</Button>
        </div>
      )}
      {asking ? (
        <AskDialog
          approvers={text.approvers}
          cases={text.cases}
          onClose={() => setAsking(false)}
          ask={async (wanted) => {
            await calls.activity.askText({ client: slug, seq: event.seq, ...wanted });
            await queries.invalidateQueries({ queryKey: api.activity.textOpenings.key() });
          }}
        />
      ) : null}
    </section>
  );
}

interface AskDialogProps {
  approvers: readonly string[];
  cases: NonNullable<Event['text']>['cases'];
  onClose: () => void;
  ask: (wanted: { reason: string; incident: string }) => Promise<void>;
}

function AskDialog({ approvers, cases, onClose, ask }: AskDialogProps) {
  const fields = useFields(
    { reason: '', incident: cases.length === 1 ? (cases[0]?.id ?? '') : '' },
    {
      reason: needed('Say why. The reason is recorded in the audit log.'),
      incident: needed('Choose the incident it is needed for.'),
    },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Ask to open the text of this event"
      submit="Ask, on record"
      onSubmit={async () => {
        if (!fields.check()) return false;
        await ask({ reason: fields.values.reason.trim(), incident: fields.values.incident });
        return true;
      }}
    >
      <p>
        Text is kept for investigations, not for routine reading. Two of these people have to agree, each from
        their own account: {approvers.join(', ') || 'no one yet, so no one can'}. Who asked, why, who agreed
        and each opening are recorded in the audit log permanently; the text is not.
      </p>
      <NativeSelect
        label="Incident"
        data={[
          { value: '', label: 'Choose' },
          ...cases.map(({ id, code, title }) => ({ value: id, label: `${code} ${title}` })),
        ]}
        {...fields.text('incident')}
      />
      <Textarea label="Why" autosize minRows={2} {...fields.text('reason')} />
    </FormDialog>
  );
}
