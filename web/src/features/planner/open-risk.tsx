import { dayWords } from '../../../../src/domain/text/words.ts';
import { AppLink } from '../controls/link-button.tsx';
import classes from './planner.module.css';
import type { Column, Risk } from './words.ts';

/** Details of a risk's row: each layer in each column, what remains, and guide and vendor side by side. */
export function OpenRisk({ risk, columns }: { risk: Risk; columns: readonly Column[] }) {
  return (
    <>
      <tr className={classes.opened}>
        <th scope="row" className="muted small">
          Layer by layer
        </th>
        {columns.map((column) => (
          <td key={column.key} data-cheapest={column.cheapest || undefined}>
            <dl className={classes.layers}>
              {column.risks
                .find((one) => one.risk === risk.risk)
                ?.layers.map((layer) => (
                  <div key={layer.layer}>
                    <dt>
                      {layer.name}: {layer.word}
                    </dt>
                    <dd>{layer.words}</dd>
                  </div>
                ))}
            </dl>
          </td>
        ))}
      </tr>
      <tr className={classes.opened}>
        <td colSpan={columns.length + 1}>
          <div className={classes.wide}>
            <p>{risk.story}</p>
            <p>
              <strong>What remains.</strong> {risk.residual}
            </p>
            <p>
              <strong>Guide and vendor side by side</strong>
            </p>
            <dl className={classes.readings}>
              {risk.readings.map((reading) => (
                <div key={reading.layer}>
                  <dt>{reading.layer}</dt>
                  <dd>
                    <span className="muted">The guide:</span> {reading.guide}
                  </dd>
                  <dd>
                    <span className="muted">The vendor ({reading.status.toLowerCase()}):</span>{' '}
                    {reading.vendor}
                  </dd>
                </div>
              ))}
            </dl>
            <p className="muted">
              Sources:{' '}
              {risk.sources.map((source, index) => (
                <span key={source.url}>
                  {index === 0 ? '' : '; '}
                  <a href={source.url} target="_blank" rel="noreferrer">
                    {source.title}
                  </a>
                  , read {dayWords(source.read)}
                </span>
              ))}
              . <AppLink href={`/catalogue/risks/${risk.risk}`}>Open it in the catalogue</AppLink>
            </p>
          </div>
        </td>
      </tr>
    </>
  );
}
