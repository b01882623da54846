import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { VerdictShape } from '../../ui/verdict-mark.tsx';
import { CompletenessNote } from '../sources/completeness.tsx';
import { type Missing, missingOf } from './missing.ts';
import classes from './telemetry.module.css';
import type { Telemetry } from './words.ts';

interface Props {
  readonly data: Telemetry;
  readonly onToken: () => void;
  readonly onSettings: () => void;
}

/** What is missing, each with its fix; the first one is the filled button of the page. */
export function MissingCard({ data, onToken, onSettings }: Props) {
  const { slug } = useClientHere();
  const navigate = useNavigate();
  const mayEdit = useMay('connections.edit');
  const mayCharter = useMay('charter.read');
  const missing = missingOf(data);
  const acts: Readonly<
    Record<NonNullable<Missing['mend']>, { words: string; act: () => void; may: boolean }>
  > = {
    token: { words: 'Create a token', act: onToken, may: mayEdit },
    settings: { words: 'Show the settings', act: onSettings, may: true },
    charter: {
      words: 'Add it to the charter',
      act: () => void navigate({ to: '/c/$client/charter', params: { client: slug } }),
      may: mayCharter,
    },
  };
  const first = missing.find(({ mend }) => mend !== null && acts[mend].may);
  return (
    <Card title="What is missing">
      <Stack>
        {missing.length === 0 ? (
          <p>Nothing is known to be missing.</p>
        ) : (
          <Stack as="ul" gap="sm" divided>
            {missing.map((one) => (
              <Row as="li" key={one.id} justify="between">
                <span className={classes.missing}>
                  <VerdictShape state={one.mark} />
                  <span>{one.words}</span>
                </span>
                {one.mend === null || !acts[one.mend].may ? null : (
                  <Button variant={one === first ? 'filled' : 'default'} onClick={acts[one.mend].act}>
                    {acts[one.mend].words}
                  </Button>
                )}
              </Row>
            ))}
          </Stack>
        )}
        {data.emitters.length === 0 ? null : <CompletenessNote days={30} source="otlp" />}
      </Stack>
    </Card>
  );
}
