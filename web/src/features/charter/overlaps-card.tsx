import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import type { Draft } from './words.ts';

/** Another version came into force while the draft was open: shows the conflicts and how to rebase the draft. */
export function OverlapsCard({ draft }: { draft: Draft }) {
  const { slug } = useClientHere();
  const [decisions, setDecisions] = useState<Record<string, 'draft' | 'current'>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const moved = draft.moved_by;
  if (moved === null) return null;
  const open = draft.overlaps.filter(({ key }) => decisions[key] === undefined).length;
  const carry = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await calls.charter.draft.rebase({ client: slug, draft: draft.id, version: draft.version, decisions });
      toast({ kind: 'done', text: `Carried over to v${moved.number}. Send it for approval again.` });
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      setBusy(false);
      await queries.invalidateQueries();
    }
  };
  return (
    <Card title={`v${moved.number} came into force in the meantime`}>
      <Stack>
        <p>
          {moved.by ?? 'Someone'} put it in force <When at={moved.at} inline />. The changes below are what
          this draft would change against it.
          {draft.overlaps.length === 0
            ? ' There are no conflicts.'
            : ' If both changed the same thing, choose which one to keep.'}
        </p>
        {draft.overlaps.map((one) => (
          <Radio.Group
            key={one.key}
            label={one.what}
            description={`Was ${one.base ?? 'not there'} when the draft was made`}
            value={decisions[one.key] ?? ''}
            onChange={(value) =>
              setDecisions((was) => ({ ...was, [one.key]: value === 'draft' ? 'draft' : 'current' }))
            }
          >
            <Stack>
              <Radio value="current" label={`In force: ${one.current ?? 'not there'}`} />
              <Radio value="draft" label={`Draft: ${one.draft ?? 'not there'}`} />
            </Stack>
          </Radio.Group>
        ))}
        <p role="alert" hidden={failure === null}>
          {failure}
        </p>
        {draft.status.may.edit ? (
          <Row>
            <Button variant="filled" loading={busy} disabled={open > 0} onClick={() => void carry()}>
              Carry the draft over
            </Button>
          </Row>
        ) : null}
      </Stack>
    </Card>
  );
}
