import { AnjuanError } from '@anjuan/core';
import type { FrameControl } from '../frame-source.js';
import { capabilitiesOf, settingsOf, type CameraCapabilities, type CameraRange } from './media-devices.js';

type ControlName = FrameControl['name'];

interface Feature {
  readonly name: ControlName;
  readonly value: 'focusDistance' | 'exposureTime' | 'colorTemperature' | 'brightness' | 'zoom';
  readonly mode?: 'focusMode' | 'exposureMode' | 'whiteBalanceMode';
}

/** @source W3C MediaStream Image Capture, clause 7 (photo capabilities as constraints) */
const FEATURES: readonly Feature[] = [
  { name: 'focus', value: 'focusDistance', mode: 'focusMode' },
  { name: 'exposure', value: 'exposureTime', mode: 'exposureMode' },
  { name: 'white-balance', value: 'colorTemperature', mode: 'whiteBalanceMode' },
  { name: 'brightness', value: 'brightness' },
  { name: 'zoom', value: 'zoom' },
];

/** The controls that this camera offers, with their present values; `true` stands for automatic. */
export function cameraControls(track: MediaStreamTrack): readonly FrameControl[] {
  const capabilities = capabilitiesOf(track);
  const settings = settingsOf(track);
  const controls: FrameControl[] = [];
  for (const { name, value, mode } of FEATURES) {
    const range = rangeOf(capabilities[value]);
    const automatic = mode !== undefined && canBeAutomatic(capabilities, mode);
    if (!range && !automatic) continue;
    const isAutomatic = mode !== undefined && settings[mode] !== undefined && settings[mode] !== 'manual';
    const current = isAutomatic && automatic ? true : (settings[value] ?? range?.min ?? false);
    controls.push({ name, value: current, ...(range && { range }), ...(mode !== undefined && { automatic }) });
  }
  if (capabilities.torch === true) controls.push({ name: 'torch', value: settings.torch ?? false });
  return controls;
}

/**
 * Sets one control. For focus, exposure and white balance `true` means automatic and a number means manual at that value.
 * Errors: `invalid-argument` for a control that is not offered or a value outside its range.
 */
export async function setCameraControl(
  track: MediaStreamTrack,
  name: ControlName,
  value: number | boolean,
): Promise<void> {
  const constraints = constraintsFor(track, name, value);
  if (!constraints) throw new AnjuanError('invalid-argument', { details: { control: name } });
  try {
    // Alone in the call: browsers refuse to mix these with sizes.
    await track.applyConstraints({ advanced: [constraints as MediaTrackConstraintSet] });
  } catch (cause) {
    throw new AnjuanError('invalid-argument', { details: { control: name }, cause });
  }
}

function constraintsFor(
  track: MediaStreamTrack,
  name: ControlName,
  value: number | boolean,
): Record<string, unknown> | undefined {
  const control = cameraControls(track).find((one) => one.name === name);
  if (!control) return undefined;
  if (name === 'torch') return { torch: value !== false && value !== 0 };
  const feature = FEATURES.find((one) => one.name === name);
  if (!feature) return undefined;
  if (typeof value === 'boolean') {
    if (feature.mode === undefined) return undefined;
    if (value) return control.automatic === true ? { [feature.mode]: 'continuous' } : undefined;
    return { [feature.mode]: 'manual' };
  }
  const { range } = control;
  if (!range || !(value >= range.min && value <= range.max)) return undefined;
  const manual = feature.mode !== undefined && (capabilitiesOf(track)[feature.mode]?.includes('manual') ?? false);
  return { ...(manual && feature.mode !== undefined && { [feature.mode]: 'manual' }), [feature.value]: value };
}

function canBeAutomatic(capabilities: CameraCapabilities, mode: NonNullable<Feature['mode']>): boolean {
  return capabilities[mode]?.includes('continuous') ?? false;
}

function rangeOf(range: CameraRange | undefined): FrameControl['range'] {
  if (range?.min === undefined || range.max === undefined || range.max <= range.min) return undefined;
  return { min: range.min, max: range.max, step: range.step ?? 1 };
}
