<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Temporal" hasScaleBasedVisibilityFlag="0" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">
    <symbols>
      <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="255,255,255,255"/><prop k="name" v="circle"/><prop k="outline_color" v="70,70,70,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.3"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="1.4"/><prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
    <rotation/>
    <sizescale/>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="name_ar" isExpression="0" fontFamily="Noto Naskh Arabic" fontSize="8" fontSizeUnit="Point" textColor="90,90,90,255" textOpacity="1" multilineHeight="1" namedStyle="Regular" fontWeight="50" allowHtml="0">
        <families><family name="Noto Naskh Arabic"/><family name="Noto Sans Arabic"/><family name="Geeza Pro"/><family name="Segoe UI"/><family name="DejaVu Sans"/></families>
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85" bufferJoinStyle="128" bufferNoFill="1"/>
      </text-style>
      <text-format multilineAlign="3" wrapChar="" autoWrapLength="0" formatNumbers="0"/>
      <placement placement="6" dist="1" distUnits="MM" priority="3" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR"/>
      <rendering drawLabels="1" obstacle="1" displayAll="0" scaleVisibility="0" fontLimitPixelSize="0"/>
    </settings>
  </labeling>
  <layerGeometryType>0</layerGeometryType>
</qgis>
