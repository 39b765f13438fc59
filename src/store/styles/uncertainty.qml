<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Temporal" hasScaleBasedVisibilityFlag="0" labelsEnabled="0">
  <renderer-v2 type="categorizedSymbol" attr="CASE WHEN &quot;review&quot; = 'rejected' THEN 'rejected' WHEN &quot;area&quot; THEN 'area' ELSE 'point' END" symbollevels="0" enableorderby="0" forceraster="0">
    <categories>
      <category symbol="0" value="point" label="the incident lies within" render="true"/>
      <category symbol="1" value="area" label="somewhere in an area" render="true"/>
      <category symbol="2" value="rejected" label="rejected" render="false"/>
    </categories>
    <symbols>
      <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <prop k="color" v="0,114,178,16"/><prop k="style" v="solid"/><prop k="outline_color" v="0,114,178,110"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <prop k="color" v="120,120,120,8"/><prop k="style" v="solid"/><prop k="outline_color" v="120,120,120,120"/><prop k="outline_style" v="dash"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <prop k="color" v="255,255,255,0"/><prop k="style" v="solid"/><prop k="outline_color" v="200,200,200,60"/><prop k="outline_style" v="dot"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
    </symbols>
    <rotation/>
    <sizescale/>
  </renderer-v2>
  <layerGeometryType>2</layerGeometryType>
</qgis>
