import { type AnyRule, register } from '../registry.ts';
import { alwaysAllow } from './always-allow.ts';
import { amsMethod, amsNetwork, amsServiceAccount } from './ams.ts';
import { amsReadOnly } from './ams-read-only.ts';
import { charterBaseline } from './baseline.ts';
import { charterInForce } from './charter-in-force.ts';
import { actionsClassified, sourceReviewed } from './classified.ts';
import { connectorRoles } from './connector-roles.ts';
import { customReviewed } from './custom-reviewed.ts';
import { decided } from './decided.ts';
import { desktopExtensions } from './desktop-extensions.ts';
import { inUseUnlocked } from './in-use-unlocked.ts';
import { journalEntry } from './journal-entry.ts';
import { leaversConnectors } from './leavers.ts';
import { limitEffects } from './limit-effects.ts';
import { lockdownFirst } from './lockdown.ts';
import { manualExports } from './manual-exports.ts';
import { onlyChartered } from './only-chartered.ts';
import { permissionChanges } from './permission-changes.ts';
import { requestsAnswered } from './requests.ts';
import { statesSet } from './states-set.ts';
import { switchState } from './switch-state.ts';
import { usedConnectors } from './used-connectors.ts';
import { withinCharter } from './within-charter.ts';

export const rules: readonly AnyRule[] = [
  register(journalEntry),
  register(actionsClassified),
  register(sourceReviewed),
  register(lockdownFirst),
  register(inUseUnlocked),
  register(onlyChartered),
  register(statesSet),
  register(charterInForce),
  register(charterBaseline),
  register(withinCharter),
  register(limitEffects),
  register(alwaysAllow),
  register(amsReadOnly),
  register(amsServiceAccount),
  register(amsMethod),
  register(amsNetwork),
  register(permissionChanges),
  register(desktopExtensions),
  register(decided),
  register(switchState),
  register(customReviewed),
  register(requestsAnswered),
  register(leaversConnectors),
  register(usedConnectors),
  register(manualExports),
  register(connectorRoles),
];
