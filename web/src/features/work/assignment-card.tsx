import { Button } from '@mantine/core';
import type { ComponentProps } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { useSession } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Row } from '../../ui/layout.tsx';
import { When } from '../../ui/when.tsx';
import { RemindButton, Reminded } from './remind.tsx';

interface AssignmentCardProps {
  readonly assignment: {
    readonly owner: {
      readonly name: string;
      readonly mail: string | null;
      readonly access: boolean | null;
    } | null;
    readonly due: string | null;
    readonly changed: { readonly by: string; readonly at: string } | null;
  };
  /** Key of the work item, for reminding its owner. */
  readonly item: string;
  readonly reminded: ComponentProps<typeof Reminded>['reminded'];
  /** Day in the client's time zone. */
  readonly today: string;
  /** Nothing is left to do, so a past due date is not late. */
  readonly finished: boolean;
  /** null: the viewer may not assign it. */
  readonly onAssign: (() => void) | null;
}

/** Who does a work item and by when. A missing owner or date is stated, not left out. */
export function AssignmentCard({
  assignment,
  item,
  reminded,
  today,
  finished,
  onAssign,
}: AssignmentCardProps) {
  const { person } = useSession();
  const { owner, due, changed } = assignment;
  if (finished && owner === null && due === null) return null;
  const late = due !== null && due < today && !finished;
  return (
    <Card
      title="Who and when"
      aside={
        finished ? undefined : (
          <Row gap="xs">
            {owner === null || owner.mail === person.email ? null : (
              <RemindButton item={item} owner={owner} size="xs" />
            )}
            {onAssign === null ? null : (
              <Button size="xs" onClick={onAssign}>
                {owner === null && due === null ? 'Assign it to someone' : 'Change'}
              </Button>
            )}
          </Row>
        )
      }
    >
      <p>
        {owner === null ? 'No one is assigned.' : owner.name}
        {owner?.mail == null || owner.mail === owner.name ? '' : ` (${owner.mail})`}
        {owner === null ? ' ' : ', '}
        <span className={late ? 'late' : 'muted'}>
          {due === null
            ? `${owner === null ? 'No' : 'no'} day was set.`
            : `${late ? 'was due' : owner === null ? 'Due' : 'due'} ${dayWords(due)}.`}
        </span>
      </p>
      {owner?.access === false ? (
        <p className="late">{owner.name} can no longer open this client. Assign it to someone else.</p>
      ) : null}
      {changed === null ? null : (
        <p className="small muted">
          Set by {changed.by}, <When at={changed.at} inline />
        </p>
      )}
      <Reminded reminded={reminded} />
    </Card>
  );
}
