import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { When } from '../../ui/when.tsx';
import { type Tenant, vendorWords } from './words.ts';

/** People at risk according to Entra ID Protection, and its detections of the last 30 days with their outcome. */
export function RiskCard({ risk: { users, detections } }: { risk: Tenant['risk'] }) {
  if (users.read.why !== null && detections.read.why !== null) return null;
  const open = users.list.toSorted((a, b) => Number(b.seat === true) - Number(a.seat === true));
  return (
    <Card
      title="Risky users and detections"
      foot="From Microsoft’s Identity Protection. Without Entra ID P2, it shows little."
    >
      <Stack gap="md">
        {users.read.why !== null ? null : open.length === 0 ? (
          <p>
            No one is at risk, read <When at={users.read.on} inline />.
          </p>
        ) : (
          <Lines label="Risky users" head="60%">
            {open.map((one) => (
              <Line
                key={one.who}
                head={
                  <>
                    <p className="wraps">{one.who}</p>
                    <p className="muted">
                      {one.seat === null
                        ? 'It is not known whether they have a seat in Claude'
                        : one.seat
                          ? 'With a seat in Claude'
                          : 'Without a seat in Claude'}
                    </p>
                  </>
                }
              >
                <p>
                  {one.level === null ? 'Level not reported' : `Risk ${one.level}`}
                  {one.state === null ? '' : `, ${vendorWords(one.state)}`}
                </p>
                <p className="muted">
                  Since <When at={one.updatedAt} inline none="an unreported time" />
                </p>
              </Line>
            ))}
          </Lines>
        )}
        {detections.read.why !== null ? null : detections.list.length === 0 ? (
          <p>
            No detection in 30 days, read <When at={detections.read.on} inline />.
          </p>
        ) : (
          <Lines label="Risk detections" head="60%">
            {detections.list.map((one) => (
              <Line
                key={one.type}
                head={
                  <>
                    <p>{vendorWords(one.type)}</p>
                    <p className="muted">
                      {count(one.count, 'time')}
                      {one.seats === null ? '' : `, ${one.seats} with a seat in Claude`}, last{' '}
                      <When at={one.last} inline />
                    </p>
                  </>
                }
              >
                <p>
                  {one.outcomes.length === 0
                    ? 'Outcome not reported'
                    : one.outcomes.map(vendorWords).join('; ')}
                </p>
              </Line>
            ))}
          </Lines>
        )}
      </Stack>
    </Card>
  );
}
