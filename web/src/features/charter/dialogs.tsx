import { Textarea, TextInput } from '@mantine/core';
import { done } from '../../acts.ts';
import { client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FileDrop } from '../../ui/file-drop.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Draft } from './words.ts';

const few = (says: string) => (value: string) => (value.trim().length < 3 ? says : null);
const reason = few('Briefly say why.');

/** Begins a draft as a copy of the version in force. */
export function BeginDialog({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const { slug } = useClientHere();
  const fields = useFields(
    { title: '', reason: '' },
    { title: few('Give it a title of a few words.'), reason },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Start a draft"
      submit="Start draft"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { title, reason: why } = fields.values;
        const created = await calls.charter.draft.make({
          client: slug,
          title: title.trim(),
          reason: why.trim(),
        });
        await queries.invalidateQueries();
        // Success navigates away, which closes the dialog.
        onMade(created.draft);
        return false;
      }}
    >
      <p>It starts as a copy of the version in force. Nothing takes effect until someone else approves it.</p>
      <TextInput label="What it is about" maxLength={200} data-autofocus {...fields.text('title')} />
      <Textarea label="Why" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
    </FormDialog>
  );
}

/** Creates a draft from YAML, or replaces the text of an open one. */
export function YamlDialog({
  draft,
  onClose,
  onMade,
}: {
  draft: Draft | null;
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const { slug } = useClientHere();
  const fields = useFields(
    { text: '', reason: draft?.reason ?? '' },
    { text: (value) => (value.trim() === '' ? 'Paste the text, or choose a file.' : null), reason },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={draft === null ? 'Make a draft from text' : 'Replace the draft with text'}
      submit={draft === null ? 'Make a draft' : 'Replace'}
      onSubmit={async () => {
        if (!fields.check()) return false;
        const created = await calls.charter.draft.read({
          client: slug,
          text: fields.values.text,
          reason: fields.values.reason.trim(),
          ...(draft === null ? {} : { draft: draft.id, version: draft.version }),
        });
        await done(['The text was read.', ...created.notes].join(' '));
        // Success navigates away, which closes the dialog.
        onMade(created.draft);
        return false;
      }}
    >
      <p>
        The text must contain the whole charter: anything left out will not be in the draft. If Bylaw does not
        recognize a key, it refuses the text and names the line.
      </p>
      <FileDrop
        label="Drop a YAML file here"
        accept=".yaml,.yml,.json"
        single
        onFiles={(files) => void files[0]?.text().then((text) => fields.set('text', text))}
      />
      <Textarea
        label="Text"
        autosize
        minRows={6}
        maxRows={16}
        classNames={{ input: 'mono' }}
        spellCheck={false}
        {...fields.text('text')}
      />
      <Textarea
        label="Why"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={draft === null ? 2000 : 40_000}
        {...fields.text('reason')}
      />
    </FormDialog>
  );
}

const ENDS = {
  return: {
    title: 'Ask for changes',
    submit: 'Ask for changes',
    text: 'It becomes a draft again. Whoever edits it sees this note.',
    done: 'Sent back.',
  },
  refuse: {
    title: 'Refuse the draft',
    submit: 'Refuse',
    text: 'The draft is closed and stays on the record. What is in force does not change.',
    done: 'Refused.',
  },
  withdraw: {
    title: 'Withdraw the draft',
    submit: 'Withdraw',
    text: 'The draft is closed and stays on the record. What is in force does not change.',
    done: 'Withdrawn.',
  },
} as const;

/** Discards a draft or returns it to its author, with a reason. */
export function EndDialog({
  draft,
  act,
  onClose,
}: {
  draft: Draft;
  act: keyof typeof ENDS;
  onClose: () => void;
}) {
  const { slug } = useClientHere();
  const fields = useFields({ reason: '' }, { reason });
  const words = ENDS[act];
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={words.title}
      submit={words.submit}
      final={act !== 'return'}
      onSubmit={async () => {
        if (!fields.check()) return false;
        const input = {
          client: slug,
          draft: draft.id,
          version: draft.version,
          reason: fields.values.reason.trim(),
        };
        try {
          if (act === 'return') await calls.charter.draft.askForChanges(input);
          else if (act === 'refuse') await calls.charter.draft.refuse(input);
          else await calls.charter.draft.withdraw(input);
        } finally {
          // Another person may have acted first; the page is refreshed either way.
          await queries.invalidateQueries();
        }
        toast({ kind: 'done', text: words.done });
        return true;
      }}
    >
      <p>{words.text}</p>
      <Textarea label="Why" autosize minRows={3} maxLength={2000} data-autofocus {...fields.text('reason')} />
    </FormDialog>
  );
}
