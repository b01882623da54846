import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { failed } from '../../acts.ts';
import { api, client as calls, queries } from '../../api.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Card } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import { When } from '../../ui/when.tsx';
import type { Control } from './words.ts';

type Comment = Control['comments'][number];

const reread = () => queries.invalidateQueries({ queryKey: api.controls.get.key() });

/** Comments on a control, and a field to add one. */
export function CommentsCard({ slug, control }: { slug: string; control: Control }) {
  const [edited, setEdited] = useState<Comment | null>(null);
  const [busy, setBusy] = useState(false);
  const fields = useFields({ text: '' }, { text: needed('Write a comment first.') });
  useUnsaved(() => fields.changed && !busy);
  if (!control.mayWork && control.comments.length === 0) return null;
  const at = { client: slug, control: control.id };
  const write = async () => {
    if (!fields.check()) return;
    setBusy(true);
    try {
      await calls.controls.comment({ ...at, text: fields.values.text.trim() });
      fields.reset();
      await reread();
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
    }
  };
  const remove = async ({ id, version, text }: Comment) => {
    try {
      const gone = await calls.controls.editComment({ ...at, comment: id, version, text: null });
      await reread();
      const undo = () =>
        calls.controls
          .editComment({ ...at, comment: id, version: gone.version, text })
          .then(reread)
          .then(() => toast({ kind: 'done', text: 'Undone.' }), failed);
      toast({ kind: 'done', text: 'The comment was removed.', undo: () => void undo() });
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Card title="Comments">
      <Stack gap="lg">
        {control.comments.length === 0 ? null : (
          <Stack as="ul" gap="md" divided>
            {control.comments.map((one) => (
              <li key={one.id}>
                <Row justify="between" gap="sm">
                  <span>
                    <strong>{one.by}</strong>{' '}
                    <span className="small muted">
                      <When at={one.at} inline />
                      {one.editedAt === null ? '' : ', edited'}
                    </span>
                  </span>
                  {one.mine ? (
                    <Row gap="xs">
                      <Button size="xs" onClick={() => setEdited(one)}>
                        Edit<span className="hidden-text">: comment {excerpt(one)}</span>
                      </Button>
                      <ActButton size="xs" act={() => remove(one)}>
                        Remove<span className="hidden-text">: comment {excerpt(one)}</span>
                      </ActButton>
                    </Row>
                  ) : null}
                </Row>
                <p className="pre measure">{one.text}</p>
              </li>
            ))}
          </Stack>
        )}
        {control.mayWork ? (
          <Stack
            as="form"
            gap="sm"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void write();
            }}
          >
            <Textarea
              label="New comment"
              description="Plain text. Anyone who can open this control can read it."
              autosize
              minRows={2}
              maxLength={4000}
              {...fields.text('text')}
            />
            <Row>
              <Button type="submit" loading={busy}>
                Comment
              </Button>
            </Row>
          </Stack>
        ) : null}
      </Stack>
      {edited === null ? null : <EditDialog at={at} comment={edited} onClose={() => setEdited(null)} />}
    </Card>
  );
}

function excerpt({ text }: Comment): string {
  const line = (text ?? '').split('\n', 1)[0] ?? '';
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

interface EditDialogProps {
  readonly at: { readonly client: string; readonly control: string };
  readonly comment: Comment;
  readonly onClose: () => void;
}

function EditDialog({ at, comment, onClose }: EditDialogProps) {
  const fields = useFields({ text: comment.text ?? '' }, { text: needed('A comment cannot be empty.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Edit your comment"
      submit="Save"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const text = fields.values.text.trim();
        await calls.controls.editComment({ ...at, comment: comment.id, version: comment.version, text });
        await reread();
        return true;
      }}
    >
      <Textarea label="Comment" autosize minRows={3} maxLength={4000} {...fields.text('text')} />
    </FormDialog>
  );
}
