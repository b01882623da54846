/** An invalid setting, as one sentence with its name. */
export class SettingProblem extends Error {
  override readonly name = 'SettingProblem';
}
