import { Link } from '@tanstack/react-router';
import { EFFECT_WORDS, PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { CLAUDE_PLAN_WORDS } from '../../../../src/domain/labels.ts';
import { Card } from '../../ui/card.tsx';
import { Wide } from '../controls/wide.tsx';
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
      <span className="muted">Not said</span>
    ) : (
      (cell.words ?? CELL_WORDS[cell.value] ?? cell.value)
    );
  return (
    <Card title="By plan" flush>
      <Wide label="By plan">
        <table aria-label="By plan">
          <thead>
            <tr>
              <th scope="col">Plan</th>
              <th scope="col">Guide</th>
              <th scope="col">Vendor</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column}>
                <th scope="row">{COLUMN_WORDS[column] ?? column.replaceAll('_', ' ')}</th>
                <td>{words(entry.guideCells[column])}</td>
                <td>{words(entry.vendorCells[column])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Card>
  );
}

/** What a connector can do, what each does, and how the guide would have it set. */
export function Actions({ entry }: { entry: Of<'connectors'> }) {
  return (
    <Card title="Actions" flush aside={`${entry.actions.length}`}>
      <Wide label="Actions">
        <table aria-label="Actions">
          <thead>
            <tr>
              <th scope="col">Action</th>
              <th scope="col">Effect</th>
              <th scope="col">Guide’s recommendation</th>
              <th scope="col">Scope</th>
              <th scope="col">Always allow</th>
            </tr>
          </thead>
          <tbody>
            {entry.actions.map((action) => (
              <tr key={action.id}>
                <th scope="row">{action.title}</th>
                <td>{EFFECT_WORDS[action.effect]}</td>
                <td>
                  {action.baseline === null ? (
                    <span className="muted">The guide is silent</span>
                  ) : (
                    <>
                      {PERMISSION_WORDS[action.baseline]}
                      {action.inGuide === true ? null : <span className="muted">, by its general rule</span>}
                    </>
                  )}
                </td>
                <td className="mono">{action.scope ?? <span className="muted">None</span>}</td>
                <td>{offeredWords(action)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Card>
  );
}

function offeredWords({ alwaysAllowOffered, tool }: Of<'connectors'>['actions'][number]) {
  if (tool === false) return <span className="muted">No such tool is documented</span>;
  if (alwaysAllowOffered === false) return 'Not offered';
  if (alwaysAllowOffered === true) return 'Offered';
  return <span className="muted">The vendor does not say</span>;
}

/** What the vendor documents that the connector cannot do, or does in its own way. */
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
      <Wide label="Service plans">
        <table aria-label="Service plans">
          <thead>
            <tr>
              <th scope="col">Service plan</th>
              <th scope="col">Means</th>
            </tr>
          </thead>
          <tbody>
            {entry.servicePlans.map((plan) => (
              <tr key={plan.name}>
                <th scope="row" className="mono">
                  {plan.name}
                </th>
                <td>{plan.means ?? <span className="muted">Not described</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Card>
  );
}

/** What each layer does against a risk, by the guide and by the vendor. */
export function Layers({ entry }: { entry: Of<'risks'> }) {
  return (
    <Card title="What it helps against" flush>
      <Wide label="Layers">
        <table aria-label="Layers">
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">Guide</th>
              <th scope="col">Vendor</th>
              <th scope="col">Coverage</th>
            </tr>
          </thead>
          <tbody>
            {entry.layers.map((layer) => (
              <tr key={layer.layer}>
                <th scope="row">{layer.layer}</th>
                <td>{layer.guide}</td>
                <td>
                  <span className="tag">{layer.status}</span> {layer.vendor}
                </td>
                <td>{layer.coverage}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Card>
  );
}

/** Controls that rest on an entry. */
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
