import { Button } from '@mantine/core';
import { PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { DRIFT_STATE_WORDS } from '../../../../src/domain/drift/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { Row } from '../../ui/layout.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import type { Act } from '../drift/decide-dialog.tsx';
import type { Departure } from '../drift/words.ts';
import type { DecideRights } from './action-line.tsx';
import type { Mark } from './lines.ts';
import type { Permission } from './words.ts';

const STATE_OF = { open: 'fail', decided: 'pending', accepted: 'accepted' } as const;

interface DepartureMarkProps {
  readonly state: Permission;
  readonly mark: Mark;
  readonly departure: Departure | undefined;
}

/** A state wider than the charter, and the decision on it. */
export function DepartureMark({ state, mark, departure }: DepartureMarkProps) {
  const until = departure?.decision?.until ?? null;
  return (
    <>
      <VerdictMark state={STATE_OF[mark]}>{PERMISSION_WORDS[state]}</VerdictMark>
      <span className="second">
        wider than the charter
        {mark === 'open' || departure === undefined
          ? ''
          : `; ${DRIFT_STATE_WORDS[departure.state].toLowerCase()}${until === null ? '' : ` until ${dayWords(until)}`}`}
      </span>
    </>
  );
}

interface DepartureActsProps {
  readonly title: string;
  readonly departure: Departure;
  readonly may: DecideRights;
  readonly active: boolean;
  readonly onAct: (act: Act) => void;
}

/** Buttons for the possible decisions on a departure. Each opens its dialog; none changes anything in Claude. */
export function DepartureActs({ title, departure, may, active, onAct }: DepartureActsProps) {
  const acts = [
    ...(may.restore ? [{ act: 'restore', words: 'Put back…' } as const] : []),
    ...(may.accept && departure.acceptable
      ? [{ act: 'accept', words: 'Accept until a date…' } as const]
      : []),
    ...(may.amend && departure.amendable ? [{ act: 'amend', words: 'Change the charter…' } as const] : []),
  ];
  if (acts.length === 0) return null;
  return (
    <Row gap="xs">
      {acts.map(({ act, words }) => (
        <Button
          key={act}
          size="xs"
          tabIndex={active ? 0 : -1}
          aria-label={`${words.replace('…', '')}: ${title}`}
          onClick={() => onAct(act)}
        >
          {words}
        </Button>
      ))}
    </Row>
  );
}
