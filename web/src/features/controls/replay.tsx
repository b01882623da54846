import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import classes from './controls.module.css';
import { controlRoute } from './routes.tsx';

/** A control on a past day: as evaluated now from what is known of that day, and as it was shown then. */
export function Replay({ control }: { control: string }) {
  const { slug } = useClientHere();
  const { day } = controlRoute.useSearch();
  const navigate = controlRoute.useNavigate();
  const load = useQuery({
    ...api.controls.replay.queryOptions({ input: { client: slug, day: day ?? '', control } }),
    enabled: day !== undefined,
  });
  const line = load.data?.items[0];
  return (
    <Card title="On a past day">
      <Stack>
        <TextInput
          type="date"
          label="Day"
          value={day ?? ''}
          onChange={(event) =>
            void navigate({ search: { day: event.currentTarget.value || undefined }, replace: true })
          }
        />
        {day === undefined ? (
          <p className="muted">
            Choose a day. The control is re-evaluated as of the end of that day, using everything known today.
          </p>
        ) : load.error !== null ? (
          <p role="alert">{explainError(load.error).text}</p>
        ) : line === undefined ? null : (
          <div role="status">
            <Row as="p">
              <VerdictMark state={line.state} look="badge" />
              <span>at the end of {dayWords(day)}, as known today</span>
            </Row>
            <p className={classes.reason}>{line.reason}</p>
            <p className="muted">
              {line.shown === null
                ? 'Bylaw had not evaluated anything yet at that time.'
                : line.shown === line.state
                  ? 'Bylaw showed the same that day.'
                  : 'Bylaw showed a different state that day because it knew less:'}{' '}
              {line.shown === null || line.shown === line.state ? null : <VerdictMark state={line.shown} />}
            </p>
          </div>
        )}
      </Stack>
    </Card>
  );
}
