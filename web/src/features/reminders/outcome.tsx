import { Facts } from '../../ui/card.tsx';
import { Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import type { Channel, Mine } from './words.ts';

type Outcomes = Pick<Mine | Channel, 'last' | 'lastSent' | 'lastFailure' | 'next'>;

const MARKS = { failed: 'fail', unknown: 'cannot_read', throttled: 'pending' } as const;

/** The outcome of the last reminders: failures first, and unknown outcomes stated as such. */
export function Outcome({ last, lastSent, lastFailure, next }: Outcomes) {
  const mark = last === null || !(last.state in MARKS) ? null : MARKS[last.state as keyof typeof MARKS];
  const cutOff = last?.cutOff === true;
  if (last === null && lastSent === null && next === null) return null;
  return (
    <>
      {last === null || (mark === null && !cutOff) ? null : (
        <Notice mark={mark ?? 'cannot_read'}>{last.says}</Notice>
      )}
      <Facts
        facts={[
          ['Next', <When key="next" at={next} none="None is planned" />],
          [
            'Last sent',
            lastSent === null ? (
              'None yet'
            ) : (
              <span key="sent">
                <When at={lastSent.at} inline /> ({lastSent.count} due)
              </span>
            ),
          ],
          ...(last?.state === 'nothing' ? [['Last check', last.says] as const] : []),
          ...(lastFailure === null || mark !== null
            ? []
            : [
                [
                  'Last failure',
                  <span key="failure">
                    <When at={lastFailure.at} inline />: {lastFailure.why}
                  </span>,
                ] as const,
              ]),
        ]}
      />
    </>
  );
}
