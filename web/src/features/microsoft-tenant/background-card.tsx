import { count } from '../../../../src/domain/text/words.ts';
import { Line, Lines } from '../../ui/lines.tsx';
import { When } from '../../ui/when.tsx';
import { Part } from './part.tsx';
import { refusalWords, type Tenant } from './words.ts';

/** Non-interactive sign-ins that Entra refused: the connector stops working for these people, without any message. */
export function BackgroundCard({
  background: { read, total, refused },
}: {
  background: Tenant['background'];
}) {
  return (
    <Part
      title="Refused in the background"
      read={read}
      aside={`${count(total, 'sign-in')} in 30 days`}
      flush={refused.length > 0}
    >
      {refused.length === 0 ? (
        <p>None of the sign-ins that programs made for people were refused.</p>
      ) : (
        <Lines label="Refused sign-ins" head="60%">
          {refused.map((one) => (
            <Line
              key={`${one.code} ${one.sources}`}
              head={
                <>
                  <p>{refusalWords(one.code)}</p>
                  <p className="muted">
                    {one.sources === 'connector' ? 'From the connector’s servers' : 'From elsewhere'}
                  </p>
                </>
              }
            >
              <p>
                {count(one.count, 'time')}, last <When at={one.last} inline />
              </p>
            </Line>
          ))}
        </Lines>
      )}
    </Part>
  );
}
