import { Button } from '@mantine/core';
import { useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row } from '../../ui/layout.tsx';
import { baseOf } from './save.ts';
import type { Matrix } from './words.ts';

interface SignReviewProps {
  readonly data: Matrix;
  readonly slug: string;
  /** There are unsaved changes. */
  readonly dirty: boolean;
  readonly onSigned: (draft: string) => void;
}

/** Signs that everything the approved connectors offer was reviewed; unclassified actions are listed first. */
export function SignReview({ data, slug, dirty, onSigned }: SignReviewProps) {
  const [asking, setAsking] = useState(false);
  const approved = new Set(data.connectors.filter((one) => one.charter !== null).map(({ id }) => id));
  const actions = data.rows.filter(({ kind, connector }) => kind === 'action' && approved.has(connector));
  const open = actions.filter(({ effect }) => effect === 'unknown').length;
  if (approved.size === 0) return null;
  const sign = async () => {
    const { draft } = await calls.connectors.review({ client: slug, ...baseOf(data) });
    await done(
      'Signed. It takes effect once the draft is approved.',
      api.connectors.key(),
      api.charter.key(),
    );
    onSigned(draft);
    return true;
  };
  return (
    <Row justify="between">
      <span>
        {count(actions.length, 'action')} of {count(approved.size, 'approved connector')},{' '}
        {open === 0 ? 'all classified' : `${open} not classified`}.
      </span>
      <Button disabled={open > 0 || dirty} onClick={() => setAsking(true)}>
        Sign the review…
      </Button>
      {asking ? (
        <FormDialog
          opened
          onClose={() => setAsking(false)}
          title="Sign the review"
          submit="Sign"
          onSubmit={sign}
        >
          <p>
            You state that you have reviewed {count(actions.length, 'action')} of{' '}
            {count(approved.size, 'approved connector')} and that each is classified correctly. Your name and
            today’s date go into {data.draft === null ? 'a draft of the charter' : 'this draft'}.
          </p>
        </FormDialog>
      ) : null}
    </Row>
  );
}
// Guide: G2.1-04
