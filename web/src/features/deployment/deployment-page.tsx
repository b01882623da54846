import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useRef } from 'react';
import { done } from '../../acts.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { usePaletteActions } from '../../shell/palette.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { useMedia } from '../../ui/measure.ts';
import { NotYours, Page } from '../../ui/templates/page.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { AttestDialog } from '../attestations/attest-dialog.tsx';
import { Answer } from '../charter/answer.tsx';
import { Actions } from './actions.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import classes from './deployment.module.css';
import { OverrideDialog } from './override-dialogs.tsx';
import { DeploymentRecord } from './record-dialog.tsx';
import { deploymentRoute } from './routes.tsx';
import { TaskList } from './task-list.tsx';
import { TaskMark, TaskView } from './task-view.tsx';
import { type Deployment, leadOfTask, type May, summary } from './words.ts';

const HandOverDialog = lazy(async () => ({
  default: (await import('./hand-over-dialog.tsx')).HandOverDialog,
}));

const NONE: Deployment['tasks'] = [];

/** The deployment: the list of tasks on the left, one task on the right. A narrow window shows one or the other. */
export function DeploymentPage() {
  const { slug } = useClientHere();
  const { task: named } = useParams({ strict: false });
  const search = deploymentRoute.useSearch();
  const { set } = useListSearch(search);
  // `screen and`: printing must not switch the layout, because a re-render while printing leaves blank pages.
  const narrow = useMedia('screen and (max-width: 63.99rem)');
  const may: May = {
    people: useMay('people.read'),
    imports: useMay('imports.write'),
    write: useMay('work.edit'),
    attest: useMay('attestations.write'),
    evidence: useMay('evidence.read'),
    work: useMay('deployment.work'),
    charter: useMay('charter.edit'),
  };
  const allowed = useMay('deployment.read');
  const load = useQuery({
    ...api.deployment.show.queryOptions({ input: { client: slug } }),
    enabled: allowed,
  });
  const check = useMutation(
    api.deployment.check.mutationOptions({
      onSuccess: async () => {
        await done('Lookup done. The answers are kept as evidence.');
      },
    }),
  );
  const { data } = load;
  useTaskActions(data?.tasks ?? NONE, slug);
  // A window that becomes narrow keeps its task mounted, though hidden, so that a dialog open over it is not lost.
  const wasWide = useRef(!narrow);
  if (!narrow) wasWide.current = true;
  const wanted = named ?? (wasWide.current ? (data?.next ?? data?.tasks[0]?.id) : undefined);
  const task = data?.tasks.find(({ id }) => id === wanted);
  if (data !== undefined && named !== undefined && task === undefined) return <NotYours />;
  const onlyList = narrow && named === undefined;
  const leadIn = (all: Deployment) => {
    const shown = task ?? all.tasks.find(({ id }) => id === all.next);
    if (shown === undefined) return null;
    return onlyList
      ? {
          kind: 'link' as const,
          label: `Continue with task ${shown.number}`,
          href: `/c/${slug}/deployment/${shown.id}`,
        }
      : leadOfTask(slug, all, shown, may);
  };
  const close = () => set({ attest: undefined, open: undefined, answer: undefined });
  return (
    <div className={classes.journey}>
      {data === undefined || narrow ? null : (
        <TaskList
          deployment={data}
          slug={slug}
          chosen={task?.id}
          beside={named === undefined ? 'printed' : 'screen'}
        />
      )}
      <Page<Deployment>
        title={(all) => (onlyList ? all.title : (task?.action ?? all.title))}
        permission="deployment.read"
        load={load}
        mark={(all) =>
          onlyList || task === undefined ? null : (
            <TaskMark task={task} deployment={all} slug={slug} back={narrow} />
          )
        }
        meta={onlyList ? (all) => summary(all) : undefined}
        actions={(all) => (
          <Actions
            deployment={all}
            lead={leadIn(all)}
            busy={check.isPending}
            onOpen={(open) => set({ open })}
            onAttest={(attest) => set({ attest })}
            onCheck={() => check.mutate({ client: slug })}
          />
        )}
        className={classes.body}
      >
        {(all) => (
          <>
            {onlyList ? <TaskList deployment={all} slug={slug} chosen={undefined} /> : null}
            {task === undefined ? null : (
              <div hidden={onlyList}>
                <TaskView
                  key={task.id}
                  slug={slug}
                  deployment={all}
                  task={task}
                  may={may}
                  check={check}
                  onAttest={(attest) => set({ attest })}
                  onOverride={() => set({ open: 'override' })}
                  onAssign={may.work ? () => set({ open: 'assign' }) : null}
                />
              </div>
            )}
          </>
        )}
      </Page>
      {search.attest === undefined || !may.attest ? null : (
        <AttestDialog
          control={search.attest}
          onControl={(attest) => set({ attest })}
          onClose={close}
          onDone={close}
        />
      )}
      <Answer ids={search.answer} onClose={close} />
      {data === undefined ? null : (
        <>
          {search.open === 'hand-over' && may.work ? (
            <Suspense fallback={null}>
              <HandOverDialog deployment={data} onClose={close} />
            </Suspense>
          ) : null}
          {search.open === 'record' ? <DeploymentRecord deployment={data} may={may} onClose={close} /> : null}
          {search.open === 'assign' && may.work && task !== undefined ? (
            <Steady of={task}>
              {(steady) => (
                <AssignDialog
                  key={`${steady.id} ${steady.assignment.version}`}
                  task={steady}
                  people={data.people}
                  onClose={close}
                />
              )}
            </Steady>
          ) : null}
          {search.open === 'override' && may.work && task?.state === 'locked' ? (
            <OverrideDialog task={task} onClose={close} />
          ) : null}
        </>
      )}
    </div>
  );
}

/** Adds every task to the command palette while the page is open. */
function useTaskActions(tasks: Deployment['tasks'], slug: string): void {
  const navigate = useNavigate();
  const actions = useMemo(
    () =>
      tasks.map((task) => ({
        id: `task:${task.id}`,
        label: `Task ${task.number}: ${task.title}`,
        description: task.words,
        keywords: ['deployment', task.action, ...task.guide],
        run: () => void navigate({ to: `/c/${slug}/deployment/${task.id}` as '/' }),
      })),
    [tasks, slug, navigate],
  );
  usePaletteActions(actions);
}
