const NAMESPACES =
  'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"';

/** What a scanner writes about itself, with comments, spaces and an entity as real ones have. */
export function capabilitiesXml(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- simulated -->
<scan:ScannerCapabilities ${NAMESPACES}>
  <pwg:Version>2.63</pwg:Version>
  <pwg:MakeAndModel>Simulated &amp; Sons MFP</pwg:MakeAndModel>
  <scan:Platen><scan:PlatenInputCaps>${input(2550, 3508)}</scan:PlatenInputCaps></scan:Platen>
  <scan:Adf>
    <scan:AdfSimplexInputCaps>${input(2550, 4200)}</scan:AdfSimplexInputCaps>
    <scan:AdfDuplexInputCaps>${input(2550, 4200)}</scan:AdfDuplexInputCaps>
    <scan:FeederCapacity>50</scan:FeederCapacity>
  </scan:Adf>
</scan:ScannerCapabilities>`;
}

function input(width: number, height: number): string {
  const resolutions = [100, 200, 300, 600].map(
    (dpi) =>
      `<scan:DiscreteResolution><scan:XResolution>${dpi}</scan:XResolution><scan:YResolution>${dpi}</scan:YResolution></scan:DiscreteResolution>`,
  );
  return `<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>${width}</scan:MaxWidth>
    <scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>${height}</scan:MaxHeight>
    <scan:SettingProfiles><scan:SettingProfile>
      <scan:ColorModes><scan:ColorMode>BlackAndWhite1</scan:ColorMode><scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>
      <scan:DocumentFormats><pwg:DocumentFormat>application/pdf</pwg:DocumentFormat><scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>
      <scan:SupportedResolutions><scan:DiscreteResolutions>${resolutions.join('')}</scan:DiscreteResolutions></scan:SupportedResolutions>
    </scan:SettingProfile></scan:SettingProfiles>`;
}

/** How the scanner feels. */
export function statusXml(state: string, adfState: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerStatus ${NAMESPACES}>
  <pwg:Version>2.63</pwg:Version><pwg:State>${state}</pwg:State><scan:AdfState>${adfState}</scan:AdfState>
</scan:ScannerStatus>`;
}
