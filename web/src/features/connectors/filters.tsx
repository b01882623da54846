import { Button } from '@mantine/core';
import { DEPARTS_WORDS, DRIFT_WORDS } from '../../../../src/domain/connectors/status-words.ts';
import { EFFECT_WORDS, PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { Row } from '../../ui/layout.tsx';
import { choiceFilter } from '../../ui/list-filters.ts';
import classes from './matrix.module.css';
import { DEPARTS, DRIFTS, EFFECTS, type Matrix, STATES } from './words.ts';

export interface Filter {
  readonly connector?: string | undefined;
  readonly effect?: (typeof EFFECTS)[number] | undefined;
  readonly state?: (typeof STATES)[number] | undefined;
  readonly departs?: (typeof DEPARTS)[number] | undefined;
  readonly drift?: (typeof DRIFTS)[number] | undefined;
  readonly text?: string | undefined;
}

interface MatrixFiltersProps {
  readonly data: Matrix;
  readonly filter: Filter;
  readonly set: (next: Filter) => void;
  readonly shown: number;
  readonly onOpenAll: (open: boolean) => void;
  readonly onAdd: (() => void) | null;
}

export function MatrixFilters({ data, filter, set, shown, onOpenAll, onAdd }: MatrixFiltersProps) {
  return (
    <div className={classes.filters}>
      <FilterChips
        search={{ label: 'Search actions', value: filter.text, onChange: (text) => set({ text }) }}
        filters={[
          {
            id: 'connector',
            label: 'Connector',
            options: data.connectors.map(({ id, name }) => ({ value: id, label: name })),
            value: filter.connector,
            onChange: (connector) => set({ connector }),
          },
          choiceFilter(filter, set, 'effect', 'Effect', EFFECTS, EFFECT_WORDS),
          choiceFilter(filter, set, 'state', 'State', STATES, PERMISSION_WORDS),
          choiceFilter(filter, set, 'departs', 'Baseline', DEPARTS, DEPARTS_WORDS),
          choiceFilter(filter, set, 'drift', 'Observed', DRIFTS, DRIFT_WORDS),
        ]}
        count={`${shown} of ${data.rows.length} actions shown`}
      />
      <Row gap="xs" align="stretch">
        <Button size="xs" variant="subtle" onClick={() => onOpenAll(true)}>
          Expand all
        </Button>
        <Button size="xs" variant="subtle" onClick={() => onOpenAll(false)}>
          Collapse all
        </Button>
        {onAdd === null ? null : (
          <Button size="xs" onClick={onAdd}>
            Add a connector
          </Button>
        )}
      </Row>
    </div>
  );
}
