import { count, names } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { type Access, type Explained, sessionWords, stateWords, valueWords } from './words.ts';

/** Every policy of the tenant, those that apply to Claude first, each with its effect on Claude. */
export function PoliciesCard({ data }: { data: Access }) {
  const reaching = data.policies.filter((one) => one.people && reachesClaude(one));
  const others = data.policies.filter((one) => !reaching.includes(one));
  if (data.policies.length === 0)
    return (
      <EmptyState title="No policies.">
        {data.observed.on === null
          ? 'Conditional Access policies have not been read.'
          : 'Entra has no Conditional Access policy.'}
      </EmptyState>
    );
  return (
    <Card title="Policies that reach Claude" aside={`${reaching.length} of ${data.policies.length}`} flush>
      {reaching.length === 0 ? (
        <p className="pad">No policy in the tenant reaches a Claude application.</p>
      ) : (
        <PolicyLines label="Policies that reach Claude" data={data} list={reaching} />
      )}
      {others.length === 0 ? null : (
        <div className="pad">
          <Fold summary={count(others.length, 'policy that does not', 'policies that do not')}>
            <PolicyLines label="Policies that do not reach Claude" data={data} list={others} />
          </Fold>
        </div>
      )}
    </Card>
  );
}

const reachesClaude = ({ reach }: Explained) =>
  reach.some(({ is }) => is === 'named' || is === 'all' || is === 'filtered' || is === 'excluded');

function PolicyLines(props: { label: string; data: Access; list: readonly Explained[] }) {
  return (
    <Lines label={props.label} head="40%">
      {props.list.map((policy) => (
        <Line
          key={policy.id ?? policy.name}
          head={
            <>
              <h3 className="wraps">{policy.name}</h3>
              <p className="muted">{stateWords(policy.state)}</p>
            </>
          }
        >
          {sentences(policy, props.data).map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Line>
      ))}
    </Lines>
  );
}

/** The effect of a policy on Claude, as sentences. */
function sentences(policy: Explained, data: Access): readonly string[] {
  if (!policy.people) return ['It applies to workload identities or agents, not people.'];
  const by = (is: Explained['reach'][number]['is']) =>
    policy.reach.flatMap((one) => (one.is === is ? [valueWords(one.appId, data.labels)] : []));
  const named = by('named');
  const all = by('all');
  const excluded = by('excluded');
  const reach = [
    ...(named.length > 0 ? [`It names ${names(named, 4)}.`] : []),
    ...(all.length > 0 ? [`It is on all resources, so it reaches ${names(all, 4)}.`] : []),
    ...(by('filtered').length > 0
      ? [
          'It selects applications by a security attribute, and no file shows whether Claude has that attribute.',
        ]
      : []),
    ...(excluded.length > 0 ? [`It excludes ${names(excluded, 4)}.`] : []),
  ];
  if (reach.length === 0) return ['It does not apply to any of Claude’s applications.'];
  const asks = policy.blocks
    ? ['It blocks the sign-in.']
    : policy.asks.length > 0
      ? [`It asks for ${policy.asks.join(policy.all ? ' and ' : ' or ')}.`]
      : policy.session.length === 0
        ? ['It requires nothing at sign-in.']
        : [];
  const covers = policy.covers.flatMap((id) => data.templates.find((one) => one.id === id)?.title ?? []);
  return [
    ...reach,
    ...asks,
    ...policy.session.map((one) => `It sets ${sessionWords(one)}.`),
    policy.whom.length === 0 ? 'It is for everyone.' : `It is for ${names(policy.whom, 4)}.`,
    ...(policy.leavesOut.length > 0 ? [`It excludes ${names(policy.leavesOut, 6)}.`] : []),
    ...policy.limits.map((limit) => `It ${limit}.`),
    covers.length > 0
      ? `On its own, it covers: ${names(covers, 4)}.`
      : policy.state === 'enabled'
        ? 'On its own, it covers none of the guide’s policies.'
        : 'It is not on, so it enforces nothing.',
  ];
}
