import type { ReactNode } from 'react';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import classes from './usage.module.css';
import { count, dayLabel, type Sum, statedWords, type Vendor, whole } from './words.ts';

interface VendorPartProps {
  slug: string;
  /** undefined: not loaded yet. */
  vendor: Vendor | undefined;
  /** The number of days with a report, for a figure of one period; left out: the figures state their own days. */
  reported?: { readonly reported: number; readonly of: number };
  children: ReactNode;
}

/**
 * Anthropic's own count, below the figures of the log: with its days and gaps, and never added to a figure of the log.
 * If the plan has none, the card's footer says so.
 */
export function VendorPart({ slug, vendor, reported, children }: VendorPartProps) {
  if (vendor === undefined || !vendor.offered) return null;
  return (
    <div className={classes.vendor}>
      <h3>Anthropic’s own count</h3>
      {vendor.says === null ? (
        <>
          {children}
          <p className="muted">
            {vendor.newest === null ? 'No day reported' : `Reported through ${dayLabel(vendor.newest)}`}
            {vendor.readAt === null ? null : (
              <>
                , last read <When at={vendor.readAt} inline />
              </>
            )}
            {reported === undefined || reported.reported === reported.of
              ? null
              : `, ${reported.reported} of ${reported.of} days`}
            . Days are UTC days
            {vendor.zone === 'UTC' ? '' : '; the log’s days use the client’s time zone'}. Not included in any
            other figure.
          </p>
          <Gaps gaps={vendor.gaps} />
        </>
      ) : (
        <p className="muted">
          {vendor.says} <LinkButton href={`/c/${slug}/connections`}>Open Sources</LinkButton>
        </p>
      )}
    </div>
  );
}

/** Periods of the range that were not read, and why. */
function Gaps({ gaps }: Pick<Vendor, 'gaps'>) {
  if (gaps.length === 0) return null;
  return (
    <Fold summary={`Not fully read: ${count(gaps.length, 'gap')}`}>
      <Stack as="ul" gap="xs" above="sm">
        {gaps.map(({ from, to, says }) => (
          <li key={from}>
            <When at={from} inline /> to <When at={to} inline />: {says}
          </li>
        ))}
      </Stack>
    </Fold>
  );
}

/** A figure of the vendor. A missing one is shown as not reported, not as 0. */
export function VendorFigure({ sum }: { sum: Sum }) {
  if (sum === null) return <span className="muted">Not reported</span>;
  const part = statedWords(sum);
  return (
    <span>
      {whole(sum.sum)}
      {part === '' ? null : <span className="second">{part}</span>}
    </span>
  );
}

/** How much higher the vendor's count is than the log's. */
export function Difference({ value }: { value: number | null }) {
  if (value === null) return <span className="muted">Not known</span>;
  return <span>{value > 0 ? `+${whole(value)}` : whole(value)}</span>;
}
