import { Button, Checkbox, Textarea } from '@mantine/core';
import { useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { client as calls } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from './activity.module.css';
import type { Event } from './filters.ts';

type Texts = Awaited<ReturnType<typeof calls.activity.openText>>['texts'];

interface EventTextProps {
  slug: string;
  event: Event;
}

/** Whether the text of an event is kept, until when, and why not; opened with a reason, and never without. */
export function EventText({ slug, event }: EventTextProps) {
  const [asking, setAsking] = useState(false);
  // Held by this panel alone: closed, it is gone, and opening it again is on record again.
  const [texts, setTexts] = useState<Texts | null>(null);
  const { text } = event;
  if (text === null) return null;
  return (
    <section aria-label="Text" className={classes.text}>
      <h3 className={classes.heading}>Text</h3>
      <p>{text.says}</p>
      {text.state !== 'kept' || texts !== null ? null : text.canOpen ? (
        <div>
          <Button onClick={() => setAsking(true)}>Open the text…</Button>
        </div>
      ) : (
        <p className="muted">Your role does not include opening it. An Owner can name an Investigator.</p>
      )}
      {texts?.map((one) => (
        <div key={one.part}>
          <h4 className={classes.heading}>{one.title}</h4>
          <pre className={classes.raw}>{one.text}</pre>
          {one.cut ? (
            <p className="muted">
              Cut at {count(one.text.length, 'character')}: it was {one.characters.toLocaleString('en-US')}{' '}
              long.
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
        <OpenDialog
          approvers={text.approvers}
          onClose={() => setAsking(false)}
          open={async (asked) =>
            setTexts((await calls.activity.openText({ client: slug, seq: event.seq, ...asked })).texts)
          }
        />
      ) : null}
    </section>
  );
}

interface OpenDialogProps {
  approvers: readonly string[];
  onClose: () => void;
  open: (asked: { reason: string; agreed: string[] }) => Promise<void>;
}

function OpenDialog({ approvers, onClose, open }: OpenDialogProps) {
  const fields = useFields({ reason: '' }, { reason: needed('Say why: it stands in the audit log.') });
  const [agreed, setAgreed] = useState<string[]>([]);
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Open the text of this event"
      submit="Open, on record"
      onSubmit={async () => {
        if (!fields.check()) return false;
        await open({ reason: fields.values.reason.trim(), agreed });
        return true;
      }}
    >
      <p>
        Text is kept for an investigation, not for reading along. Who opened it, when, why and with whose word
        stands in the audit log for good; the text does not.
      </p>
      <Textarea label="Why" autosize minRows={2} {...fields.text('reason')} />
      <Checkbox.Group
        label="Who agreed"
        description="Two at least, as the charter names them, and not yourself."
        value={agreed}
        onChange={setAgreed}
      >
        <div className={classes.agreed}>
          {approvers.map((name) => (
            <Checkbox key={name} value={name} label={name} />
          ))}
        </div>
      </Checkbox.Group>
    </FormDialog>
  );
}
