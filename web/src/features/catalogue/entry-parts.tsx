import { Link } from '@tanstack/react-router';
import { EFFECT_WORDS, PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { CLAUDE_PLAN_WORDS } from '../../../../src/domain/labels.ts';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import type { Of } from './words.ts';

const CELL_WORDS: Readonly<Record<string, string>> = {
  yes: 'Yes',
  no: 'No',
  limited: 'Limited',
  add_on: 'Add-on',
  beta: 'Beta',
  unknown: 'Not known',
  other: 'Other',
};

const COLUMN_WORDS: Readonly<Record<string, string>> = {
  ...CLAUDE_PLAN_WORDS,
  business_basic_standard: 'Business Basic or Standard',
  business_premium: 'Business Premium',
  e3: 'Microsoft 365 E3',
  e5: 'Microsoft 365 E5',
};

/** The tables of guide and vendor, cell by cell. */
export function CapabilityCells({ entry }: { entry: Of<'capabilities'> }) {
  const columns = [...new Set([...Object.keys(entry.guideCells), ...Object.keys(entry.vendorCells)])];
  if (columns.length === 0) return null;
  const words = (cell: Of<'capabilities'>['vendorCells'][string] | undefined) =>
    cell === undefined ? (
      <span className="muted">Not stated</span>
    ) : (
      (cell.words ?? ownValue(CELL_WORDS, cell.value) ?? cell.value)
    );
  return (
    <Card title="By plan" flush>
      <PlainTable
        label="By plan"
        rows={columns}
        rowId={(column) => column}
        columns={[
          { head: 'Plan', cell: (column) => ownValue(COLUMN_WORDS, column) ?? column.replaceAll('_', ' ') },
          { head: 'Guide', cell: (column) => words(entry.guideCells[column]) },
          { head: 'Vendor', cell: (column) => words(entry.vendorCells[column]) },
        ]}
      />
    </Card>
  );
}

/** The actions of a connector, what each does, and the permission that the guide recommends. */
export function Actions({ entry }: { entry: Of<'connectors'> }) {
  return (
    <Card title="Actions" flush aside={`${entry.actions.length}`}>
      <PlainTable
        label="Actions"
        rows={entry.actions}
        rowId={(action) => action.id}
        columns={[
          { head: 'Action', cell: (action) => action.title },
          { head: 'Effect', cell: (action) => EFFECT_WORDS[action.effect] },
          {
            head: 'Guide’s recommendation',
            cell: (action) =>
              action.baseline === null ? (
                <span className="muted">The guide does not say</span>
              ) : (
                <>
                  {PERMISSION_WORDS[action.baseline]}
                  {action.inGuide === true ? null : <span className="muted">, by its general rule</span>}
                </>
              ),
          },
          {
            head: 'Scope',
            className: 'mono',
            cell: (action) => action.scope ?? <span className="muted">None</span>,
          },
          { head: 'Always allow', cell: (action) => offeredWords(action) },
        ]}
      />
    </Card>
  );
}

function offeredWords({ alwaysAllowOffered, tool }: Of<'connectors'>['actions'][number]) {
  if (tool === false) return <span className="muted">No such tool is documented</span>;
  if (alwaysAllowOffered === false) return 'Not offered';
  if (alwaysAllowOffered === true) return 'Offered';
  return <span className="muted">The vendor does not say</span>;
}

/** Documented limitations and deviations of the connector. */
export function Limits({ entry }: { entry: Of<'connectors'> }) {
  if (entry.limits === null)
    return (
      <Card title="Limits">
        <p className="muted">The vendor documents none on the pages that were read.</p>
      </Card>
    );
  return (
    <Card title="Limits" flush>
      <ul>
        {entry.limits.map(({ says }) => (
          <li key={says}>{says}</li>
        ))}
      </ul>
    </Card>
  );
}

export function ServicePlans({ entry }: { entry: Of<'licenses'> }) {
  if (entry.servicePlans.length === 0)
    return (
      <Card title="What it contains">
        <p className="muted">No Microsoft service plan.</p>
      </Card>
    );
  return (
    <Card title="What it contains" flush aside={`${entry.servicePlans.length} service plans`}>
      <PlainTable
        label="Service plans"
        rows={entry.servicePlans}
        rowId={(plan) => plan.name}
        columns={[
          { head: 'Service plan', className: 'mono', cell: (plan) => plan.name },
          { head: 'Means', cell: (plan) => plan.means ?? <span className="muted">Not described</span> },
        ]}
      />
    </Card>
  );
}

/** What each layer does against a risk, according to guide and vendor. */
export function Layers({ entry }: { entry: Of<'risks'> }) {
  return (
    <Card title="What it helps against" flush>
      <PlainTable
        label="Layers"
        rows={entry.layers}
        rowId={(layer) => layer.layer}
        columns={[
          { head: 'Layer', cell: (layer) => layer.layer },
          { head: 'Guide', cell: (layer) => layer.guide },
          {
            head: 'Vendor',
            cell: (layer) => (
              <>
                <span className="tag">{layer.status}</span> {layer.vendor}
              </>
            ),
          },
          { head: 'Coverage', cell: (layer) => layer.coverage },
        ]}
      />
    </Card>
  );
}

/** Controls that depend on an entry. */
export function ControlLinks({ controls: list }: { controls: Of<'risks'>['controls'] }) {
  if (list.length === 0) return null;
  return (
    <Card title="Controls" flush aside={`${list.length}`}>
      <ul>
        {list.map((control) => (
          <li key={control.id}>
            <span className="mono muted">{control.short}</span>{' '}
            <Link to="/catalogue/$kind/$id" params={{ kind: 'controls', id: control.short }}>
              {control.title}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
