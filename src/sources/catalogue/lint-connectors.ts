import type { Connector } from '#domain/model/catalogue.ts';
import { matchAction } from '#domain/rules/connectors/match.ts';

/** Checks of a connector beyond the schema: contradictory fields, and gaps that would affect a client. */
export function lintConnector(connector: Connector, say: (says: string) => void): void {
  const ids = new Set<string>();
  for (const action of connector.actions) {
    if (ids.has(action.id)) say(`action ${action.id} is there twice`);
    ids.add(action.id);
    lintAction(connector, action, say);
  }
  const { dataClasses, holdsMemberData, limits } = connector;
  if (dataClasses !== null && dataClasses.includes('member_pii') !== holdsMemberData)
    say('holdsMemberData and member_pii under “dataClasses” must agree');
  if (dataClasses !== null && new Set(dataClasses).size !== dataClasses.length)
    say('a kind of data appears twice under “dataClasses”');
  if (connector.verifiedDomain === 'listed' && connector.directory === 'no')
    say('a connector that the vendor ties to verified domains is in its directory');
  for (const limit of limits ?? [])
    for (const id of limit.actions ?? [])
      if (!ids.has(id)) say(`a limit names the action ${id}, which does not exist`);
}

function lintAction(
  connector: Connector,
  action: Connector['actions'][number],
  say: (says: string) => void,
): void {
  const { id, effect, baseline, alwaysAllowOffered } = action;
  if (effect === 'send' && action.tool !== false && alwaysAllowOffered === undefined)
    say(
      `action ${id} sends and must state alwaysAllowOffered: true, false, or null where the vendor does not say`,
    );
  if (alwaysAllowOffered === false && !(connector.limits ?? []).some((limit) => limit.actions?.includes(id)))
    say(`action ${id} does not offer Always allow, and no limit says so in words`);
  if (effect !== 'read' && baseline === 'allow')
    say(`action ${id} does more than read, so its baseline cannot be allow`);
  if (effect !== 'read' && baseline === null)
    say(`action ${id} does more than read and must state a baseline: ask or blocked`);
  if (connector.category === 'ams' && effect !== 'read' && baseline !== 'blocked')
    say(`action ${id} of a membership system does more than read, so its baseline must be blocked`);
  const named = [action.id, action.title, ...action.aliases].some((text) => {
    const match = matchAction(text, [connector], 'charter');
    return match.kind === 'actions' && match.actions.every((one) => one.action.id === id);
  });
  const { length } = connector.actions.filter((other) => other.effect === effect);
  if (!named && length > 1)
    say(`action ${id} has no spelling by which a charter could name it alone; add an alias`);
}
// Guide: G2.2-22 G2.2-23
