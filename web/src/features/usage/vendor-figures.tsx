import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import classes from './usage.module.css';
import { Difference, VendorFigure, VendorPart } from './vendor-part.tsx';
import { count, dayLabel, monthLabel, type Vendor, whole } from './words.ts';

interface VendorProps {
  slug: string;
  vendor: Vendor | undefined;
}

const LISTS = { day: 'days', week: 'weeks', month: 'months' } as const;
const HEADINGS = { day: 'Day', week: 'Week from', month: 'Month' } as const;

/** Messages as counted by the vendor, beside those in the log for the same surfaces and days. */
export function VendorMessages({ slug, vendor, by }: VendorProps & { by: keyof typeof LISTS }) {
  const last = vendor?.weeks.find(({ start }) => start === vendor.lastWeek);
  return (
    <VendorPart slug={slug} vendor={vendor}>
      {vendor === undefined ? null : (
        <>
          <p className={classes.finding}>{weekWords(last)}</p>
          <Fold summary={`By ${by}, compared with the log`}>
            <PlainTable
              label={`Messages by ${by}, as Anthropic counts them`}
              figures
              rows={vendor[LISTS[by]].filter(({ reported }) => reported > 0)}
              rowId={(row) => row.start}
              columns={[
                {
                  head: HEADINGS[by],
                  cell: (row) => (by === 'month' ? monthLabel(row.start) : dayLabel(row.start)),
                },
                { head: 'Anthropic', cell: (row) => <VendorFigure sum={row.messages} /> },
                { head: 'Chat', cell: (row) => known(row.chat) },
                { head: 'Cowork', cell: (row) => known(row.cowork) },
                { head: 'Log', cell: (row) => known(row.log) },
                { head: 'Difference', cell: (row) => <Difference value={row.difference} /> },
                { head: 'Days reported', cell: (row) => `${row.reported} of ${row.of}` },
              ]}
            />
          </Fold>
        </>
      )}
    </VendorPart>
  );
}

function known(value: number | null) {
  return value === null ? <span className="muted">Not reported</span> : whole(value);
}

function weekWords(week: Vendor['weeks'][number] | undefined): string {
  if (week === undefined || week.reported === 0) return 'No day of the last full week was reported.';
  if (week.messages === null) return 'No row for the last full week states a number of messages.';
  const part = week.messages.stated < week.messages.of ? 'at least ' : '';
  const days = week.reported < week.of ? ` on ${week.reported} of its ${week.of} days` : '';
  const wording = `${part}${count(week.messages.sum, 'message')} in chat and Cowork last week${days}`;
  if (week.log === null) return `${wording}; no source in the log reports them.`;
  return week.difference === null
    ? `${wording}; the log has ${whole(week.log)} of them.`
    : `${wording}; the log has ${whole(week.log)}, which is ${differenceWords(week.difference)}.`;
}

function differenceWords(difference: number): string {
  if (difference === 0) return 'the same';
  return `${whole(Math.abs(difference))} ${difference > 0 ? 'fewer' : 'more'}`;
}

/** Each person's messages in the last complete week, by name. */
export function VendorPeople({ slug, vendor }: VendorProps) {
  return (
    <VendorPart slug={slug} vendor={vendor} {...(vendor === undefined ? {} : { reported: vendor.people })}>
      {vendor === undefined || vendor.people.items.length === 0 ? (
        <p className={classes.finding}>No one was reported in the last full week.</p>
      ) : (
        <PlainTable
          label="Messages by person, as Anthropic counts them"
          figures
          rows={vendor.people.items}
          rowId={(row) => row.key ?? ''}
          columns={[
            { head: 'Person', cell: (row) => row.name },
            {
              head: `Week of ${dayLabel(vendor.lastWeek)}`,
              cell: (row) => <VendorFigure sum={row.messages} />,
            },
            { head: 'Log', cell: (row) => known(row.log) },
            { head: 'Difference', cell: (row) => <Difference value={row.difference} /> },
          ]}
        />
      )}
    </VendorPart>
  );
}

/** Calls by connector and effect, with who made them. Says so if the vendor does not distinguish reads from writes. */
export function VendorConnectors({ slug, vendor }: VendorProps) {
  return (
    <div className={classes.pad}>
      <VendorPart slug={slug} vendor={vendor}>
        {vendor === undefined || vendor.connectors.length === 0 ? (
          <p className={classes.finding}>No connector was reported in this period.</p>
        ) : (
          <PlainTable
            label="Connectors, as Anthropic counts them"
            figures
            rows={vendor.connectors}
            rowId={(row) => row.key}
            columns={[
              {
                head: 'Connector',
                cell: (row) => (
                  <>
                    {row.name}
                    <Fold summary={count(row.people.length, 'person', 'people')}>
                      <Stack as="ul" gap="xs" above="sm">
                        {row.people.map((one) => (
                          <li key={one.key ?? ''}>
                            {one.name}: {splitWords(one)}
                          </li>
                        ))}
                      </Stack>
                    </Fold>
                  </>
                ),
              },
              { head: 'Calls', cell: (row) => <VendorFigure sum={row.calls} /> },
              { head: 'Read', cell: (row) => <VendorFigure sum={row.read} /> },
              { head: 'Write', cell: (row) => <VendorFigure sum={row.write} /> },
              { head: 'Not classified', cell: (row) => <VendorFigure sum={row.unclassified} /> },
              { head: 'Log', cell: (row) => known(row.log?.calls ?? null) },
              { head: 'Difference', cell: (row) => <Difference value={row.difference} /> },
              { head: 'Days reported', cell: (row) => whole(row.reported) },
            ]}
          />
        )}
      </VendorPart>
    </div>
  );
}

type Split = Pick<Vendor['connectors'][number], 'calls' | 'read' | 'write' | 'unclassified'>;

function splitWords({ read, write, unclassified }: Split): string {
  if (read === null && write === null && unclassified === null) return 'number not reported';
  const said = (sum: Split['read'], words: string) => `${sum === null ? 'unknown' : whole(sum.sum)} ${words}`;
  return [said(read, 'read'), said(write, 'write'), said(unclassified, 'not classified')].join(', ');
}

/** Requests and tokens by model and product, from the vendor's usage report, with who used each. */
export function VendorModels({ slug, vendor }: VendorProps) {
  const models = vendor?.models;
  return (
    <div className={classes.pad}>
      <VendorPart slug={slug} vendor={vendor} {...(models === undefined ? {} : { reported: models })}>
        {models === undefined || models.items.length === 0 ? (
          <p className={classes.finding}>
            {models?.reported === 0
              ? 'Anthropic reported no figures by model for this period.'
              : 'No model was used in this period.'}
          </p>
        ) : (
          <PlainTable
            label="Models, as Anthropic counts them"
            figures
            rows={models.items}
            rowId={(row) => `${row.model} ${row.product}`}
            columns={[
              {
                head: 'Model',
                cell: (row) => (
                  <>
                    {row.family}
                    {row.model === null || row.family === row.model ? null : (
                      <span className="second">{row.model}</span>
                    )}
                    <Fold summary={count(row.people.length, 'person', 'people')}>
                      <Stack as="ul" gap="xs" above="sm">
                        {row.people.map((one) => (
                          <li key={one.key ?? ''}>
                            {one.name}: {useWords(one)}
                          </li>
                        ))}
                      </Stack>
                    </Fold>
                  </>
                ),
              },
              { head: 'Product', cell: (row) => productWords(row.product) },
              { head: 'Requests', cell: (row) => <VendorFigure sum={row.requests} /> },
              { head: 'Tokens', cell: (row) => <VendorFigure sum={row.tokens} /> },
            ]}
          />
        )}
      </VendorPart>
    </div>
  );
}

const PRODUCTS: Readonly<Record<string, string>> = {
  chat: 'Chat',
  cowork: 'Cowork',
  chat_cowork_unified: 'Chat and Cowork',
  claude_code: 'Claude Code',
  office_agent: 'Office',
  claude_in_chrome: 'Claude in Chrome',
  'claude-tag': 'Claude in Slack',
};

function productWords(product: string | null) {
  return product === null ? (
    <span className="muted">Not reported</span>
  ) : (
    (ownValue(PRODUCTS, product) ?? product)
  );
}

type Used = Pick<Vendor['models']['items'][number], 'requests' | 'tokens'>;

function useWords({ requests, tokens }: Used): string {
  const said = (sum: Used['tokens'], word: string) =>
    sum === null ? `${word}s not reported` : count(sum.sum, word);
  return `${said(requests, 'request')}, ${said(tokens, 'token')}`;
}

/** Seats and active people as counted by the vendor. */
export function VendorAdoption({ slug, vendor }: VendorProps) {
  const newest = vendor?.adoption.newest ?? null;
  const last = vendor?.adoption.weeks.find(({ start }) => start === vendor.lastWeek);
  return (
    <VendorPart slug={slug} vendor={vendor}>
      {newest === null ? (
        <p className={classes.finding}>No day in this period was reported.</p>
      ) : (
        <>
          <p className={classes.finding}>
            On {dayLabel(newest.day)}: seats {words(newest.seats)}, open invitations {words(newest.invites)},
            people active that day {words(newest.activeOnDay)}, in the week up to it{' '}
            {words(newest.activeInWeek)}, in the month to it {words(newest.activeInMonth)}.
          </p>
          {last === undefined || last.vendor === null ? null : (
            <p className={classes.finding}>
              In the last whole week {count(last.vendor, 'person', 'people')} by Anthropic,{' '}
              {last.log === null ? 'none reported' : whole(last.log)} by the log
              {last.difference === null ? '' : `: ${differenceWords(last.difference)} by the log`}.
            </p>
          )}
        </>
      )}
    </VendorPart>
  );
}

function words(value: number | null): string {
  return value === null ? 'not reported' : whole(value);
}
