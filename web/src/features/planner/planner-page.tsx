import { Button, NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { addressOf, api, fetchFile, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Columns } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { together } from '../../ui/templates/load.ts';
import { Advice } from './advice.tsx';
import { Channels } from './channels.tsx';
import { ControlsPanel } from './controls-panel.tsx';
import { Frontier } from './frontier.tsx';
import { Matrix } from './matrix.tsx';
import { Differences, Prices, Tracks } from './notes.tsx';
import classes from './planner.module.css';
import { QuoteDialog } from './quote-dialog.tsx';
import { plannerRoute } from './routes.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { OpenSaved } from './saved-menu.tsx';
import { SetDialog } from './set-dialog.tsx';
import { Ways } from './ways.tsx';
import { type Compared, MAX_SETS, NO_GOAL, type Saved, type Shown, setsOf, textOf } from './words.ts';

/** What each upgrade would bring: today and sets of purchases side by side. */
export function PlannerPage() {
  const { slug } = useClientHere();
  const search = plannerRoute.useSearch();
  const navigate = plannerRoute.useNavigate();
  const mayEdit = useMay('planner.edit');
  const [quoting, setQuoting] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const show = useQuery(api.planner.show.queryOptions({ input: { client: slug } }));
  const first = show.data?.goals.find(({ has }) => has !== 'yes')?.goal;
  const goal = search.goal === NO_GOAL ? undefined : (search.goal ?? first);
  const wanted = { sets: search.sets, goal };
  const compare = useQuery({
    ...api.planner.compare.queryOptions({ input: { client: slug, ...wanted } }),
    enabled: show.data !== undefined,
    placeholderData: keepPreviousData,
  });
  const paths = useQuery({
    ...api.planner.paths.queryOptions({ input: { client: slug } }),
    enabled: compare.data !== undefined,
  });
  const saved = useQuery(api.planner.comparisons.queryOptions({ input: { client: slug } }));
  const found = compare.data;
  const sets = found === undefined ? [] : setsOf(found.sets);
  const set = (next: Partial<typeof search>) =>
    void navigate({ search: (was) => ({ ...was, ...next }), replace: true });
  const put = (next: readonly (readonly string[])[]) => set({ sets: textOf(next) || ';', edit: undefined });
  const isCompared = (text: string) => sets.some((one) => one.join() === text);
  const add = (text: string) => {
    put([...sets, text.split(',')]);
    window.scrollTo({ top: 0 });
  };
  const full = sets.length >= MAX_SETS;
  const comparing = (text: string) => (full || text === '' || isCompared(text) ? null : () => add(text));
  const open = saved.data?.items.find(({ id }) => id === search.saved);
  const editing =
    search.edit === undefined ? null : search.edit === 'new' ? sets.length : 'ABCD'.indexOf(search.edit);
  const listed = found && [found.today, ...found.columns].find(({ key }) => key === search.panel);
  const query = { ...wanted, sets: found?.sets };
  return (
    <ListPage
      title="What each upgrade would buy"
      permission="planner.read"
      load={together({ show, compare })}
      meta={found === undefined ? ' ' : metaOf(found, open)}
      actions={
        found === undefined ? undefined : (
          <>
            <OpenSaved
              saved={saved.data?.items ?? []}
              open={open ?? null}
              onOpen={(one: Saved) =>
                set({
                  sets: one.sets,
                  goal: one.goal ?? NO_GOAL,
                  saved: one.id,
                  seen: one.version,
                  panel: undefined,
                })
              }
              onRemoved={() => set({ saved: undefined, seen: undefined })}
              mayEdit={mayEdit}
            />
            <ExportMenu
              onExport={(format) => fetchFile(routes.planner.export, { client: slug, ...query, format })}
            />
            <Button
              component="a"
              href={addressOf(routes.planner.print, { client: slug, ...query, name: open?.name })}
              download
              leftSection={<Icon name="print" />}
            >
              Print for the budget meeting
            </Button>
            {mayEdit && sets.length > 0 ? (
              <Button variant="filled" onClick={() => setSaving(true)}>
                Save comparison
              </Button>
            ) : null}
          </>
        )
      }
      panel={
        listed === undefined || show.data === undefined ? null : (
          <ControlsPanel
            key={listed.key}
            column={listed}
            controls={show.data.controls}
            onClose={() => set({ panel: undefined })}
          />
        )
      }
    >
      {found === undefined || show.data === undefined ? (
        <p className={`muted ${classes.body}`} role="status" aria-busy="true">
          Checking what plans and licenses allow…
        </p>
      ) : (
        <div className={classes.body} aria-busy={compare.isPlaceholderData}>
          <Advice slug={slug} shown={show.data} comparing={comparing} />
          <div className={classes.tools}>
            <NativeSelect
              label="Goal"
              value={goal ?? NO_GOAL}
              onChange={(event) => set({ goal: event.currentTarget.value })}
              data={[
                { value: NO_GOAL, label: 'No goal' },
                ...show.data.goals.map((one) => ({
                  value: one.goal,
                  label: one.has === 'yes' ? `${one.title} (reached today)` : one.title,
                })),
              ]}
            />
            <Button disabled={full} leftSection={<Icon name="plus" />} onClick={() => set({ edit: 'new' })}>
              Add a set
            </Button>
          </div>
          {found.goal === null ? null : <Goal goal={found.goal} words={found.goalWords} />}
          {found.suggested && sets.length > 0 ? (
            <Notice>
              Bylaw proposes these sets: the cheapest way to the goal first, then further steps. Change them,
              or add your own.
            </Notice>
          ) : null}
          {sets.length === 0 ? (
            <EmptyState
              title="No set to compare."
              action={
                <Button onClick={() => set({ edit: 'new' })} leftSection={<Icon name="plus" />}>
                  Add a set
                </Button>
              }
            >
              A set is a combination of purchases. Each one is compared with today: what it costs, which
              controls it lets this client enforce and how it covers each risk.
            </EmptyState>
          ) : null}
          <Matrix
            found={found}
            row={search.row}
            onRow={(row) => set({ row })}
            onList={(panel) => set({ panel })}
            onChange={(index) => set({ edit: 'ABCD'.charAt(index) })}
            onRemove={(index) => put(sets.filter((_, at) => at !== index))}
            onQuote={mayEdit ? setQuoting : null}
          />
          <Columns min="24rem" gap="lg">
            <Differences differences={show.data.differences} />
            <Prices found={found} onQuote={mayEdit ? setQuoting : null} />
          </Columns>
          {paths.data === undefined ? (
            <p className="muted" role="status">
              {paths.error === null
                ? 'Checking every sensible set of purchases…'
                : 'The ways to each goal could not be loaded.'}
            </p>
          ) : (
            <>
              <Ways
                goals={show.data.goals}
                devices={show.data.devices}
                paths={paths.data}
                comparing={comparing}
              />
              <Channels channels={paths.data.channels} comparing={comparing} />
              <Frontier paths={paths.data} comparing={comparing} />
            </>
          )}
          <Tracks tracks={show.data.tracks} />
          <Notice
            action={
              <Button
                component="a"
                size="xs"
                href={addressOf(routes.planner.gaps, { client: slug, format: 'xlsx' })}
                download
              >
                Gap list (Excel)
              </Button>
            }
          >
            Everything the plan and licenses lack, with the controls and risks that depend on it and what can
            replace it.
          </Notice>
          {editing === null || editing < 0 ? null : (
            <SetDialog
              key={search.edit}
              label={`Set ${'ABCD'.charAt(editing)}`}
              offers={show.data.offers}
              chosen={sets[editing] ?? []}
              onClose={() => set({ edit: undefined })}
              onChosen={(ids) => put(sets.toSpliced(editing, 1, [...ids]))}
            />
          )}
          {quoting === null ? null : (
            <Quoting key={quoting} purchase={quoting} shown={show.data} onClose={() => setQuoting(null)} />
          )}
          {saving ? (
            <SaveDialog
              sets={found.sets}
              goal={goal ?? null}
              open={open === undefined ? null : { saved: open, seen: search.seen ?? open.version }}
              onClose={() => setSaving(false)}
              onSaved={(one) =>
                set({ sets: one.sets, goal: one.goal ?? NO_GOAL, saved: one.id, seen: one.version })
              }
            />
          ) : null}
        </div>
      )}
    </ListPage>
  );
}

/** How to reach the goal, and what guide and vendor say about it. */
function Goal({ goal, words }: { goal: NonNullable<Compared['goal']>; words: string | null }) {
  const { slug } = useClientHere();
  return (
    <div className="measure">
      <p>{words}</p>
      {goal.byHand === null || goal.has === 'yes' ? null : (
        <p>
          {goal.byHand.says}{' '}
          <a href={goal.byHand.page.replace('$client', slug)}>Open the offboarding steps</a>
        </p>
      )}
      <Fold summary="What guide and vendor say about this goal">
        <p>{goal.because}</p>
        {goal.guide === null ? null : (
          <p>
            <span className="muted">The guide ({goal.guide.asOf}):</span> {goal.guide.says}
          </p>
        )}
        <p>
          <span className="muted">The vendor ({dayWords(goal.vendor.asOf)}):</span> {goal.vendor.says}
        </p>
      </Fold>
    </div>
  );
}

function Quoting({ purchase, shown, onClose }: { purchase: string; shown: Shown; onClose: () => void }) {
  const offer = shown.offers.find(({ id }) => id === purchase);
  // The quote as it was when the dialog opened, so that a newer one is not silently overwritten.
  const [quote] = useState(() => shown.quotes.find((one) => one.purchase === purchase) ?? null);
  return offer === undefined ? null : (
    <QuoteDialog offer={offer} quote={quote} today={shown.day} onClose={onClose} />
  );
}

function metaOf({ seats, staff }: Compared, open: Saved | undefined): string {
  const parts = [
    ...(open === undefined ? [] : [`“${open.name}”, saved by ${open.changedBy}`]),
    seats === null ? 'Claude seats not stated' : `${seats} Claude seats`,
    staff === null ? 'staff not stated' : `${staff} staff`,
    'US dollars, before tax',
  ];
  return `${parts.join(' · ')}`;
}
