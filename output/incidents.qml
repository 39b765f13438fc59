<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Temporal" hasScaleBasedVisibilityFlag="0" labelsEnabled="1">
  <temporal enabled="0" mode="2" startField="date_start" endField="date_end" durationField="" durationUnit="min" fixedDuration="0" accumulate="0" startExpression="" endExpression="" limitMode="0"><fixedRange><start></start><end></end></fixedRange></temporal>
  <renderer-v2 type="categorizedSymbol" attr="CASE WHEN false THEN 'rejected' WHEN &quot;area&quot; THEN 'area' ELSE &quot;event_type&quot; END" symbollevels="0" enableorderby="0" forceraster="0">
    <categories>
      <category symbol="0" value="airstrike" label="airstrike" render="true"/>
      <category symbol="1" value="drone_strike" label="drone strike" render="true"/>
      <category symbol="2" value="missile_attack" label="missile attack" render="true"/>
      <category symbol="3" value="shelling" label="shelling" render="true"/>
      <category symbol="4" value="bombing" label="bombing" render="true"/>
      <category symbol="5" value="suicide_bombing" label="suicide bombing" render="true"/>
      <category symbol="6" value="naval_attack" label="naval attack" render="true"/>
      <category symbol="7" value="armed_clash" label="armed clash" render="true"/>
      <category symbol="8" value="armed_attack" label="armed attack" render="true"/>
      <category symbol="9" value="assassination" label="assassination" render="true"/>
      <category symbol="10" value="raid" label="raid" render="true"/>
      <category symbol="11" value="abduction" label="abduction" render="true"/>
      <category symbol="12" value="explosion" label="explosion" render="true"/>
      <category symbol="13" value="other" label="other" render="true"/>
      <category symbol="14" value="area" label="somewhere in an area" render="true"/>
      <category symbol="15" value="rejected" label="rejected" render="true"/>
    </categories>
    <symbols>
      <symbol name="0" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="0,114,178,255"/><prop k="name" v="circle"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="1" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="86,180,233,255"/><prop k="name" v="diamond"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="2" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="213,94,0,255"/><prop k="name" v="triangle"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="3" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="230,159,0,255"/><prop k="name" v="triangle"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="4" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="204,121,167,255"/><prop k="name" v="square"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="5" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="136,34,85,255"/><prop k="name" v="square"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="6" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="0,158,115,255"/><prop k="name" v="pentagon"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="7" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="240,228,66,255"/><prop k="name" v="star"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="8" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="153,153,51,255"/><prop k="name" v="star"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="9" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="170,68,153,255"/><prop k="name" v="cross_fill"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="10" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="17,119,51,255"/><prop k="name" v="hexagon"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="11" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="68,170,153,255"/><prop k="name" v="hexagon"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="12" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="221,204,119,255"/><prop k="name" v="circle"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="13" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="136,136,136,255"/><prop k="name" v="circle"/><prop k="outline_color" v="35,35,35,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.2"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="14" type="marker" alpha="0.7" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="255,255,255,0"/><prop k="name" v="circle"/><prop k="outline_color" v="90,90,90,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.5"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="3"/><prop k="size_unit" v="MM"/>
          <data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="2.6 + 1.1 * ln(1 + coalesce(&quot;killed_max&quot;, &quot;killed_min&quot;, 0) + 0.3 * coalesce(&quot;injured_max&quot;, &quot;injured_min&quot;, 0))" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
        </layer>
      </symbol>
      <symbol name="15" type="marker" alpha="0.6" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="color" v="255,255,255,0"/><prop k="name" v="cross2"/><prop k="outline_color" v="150,150,150,255"/><prop k="outline_style" v="solid"/><prop k="outline_width" v="0.4"/><prop k="outline_width_unit" v="MM"/><prop k="size" v="2"/><prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
    <rotation/>
    <sizescale/>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="CASE WHEN false THEN '' ELSE &quot;place&quot; END" isExpression="1" fontFamily="Noto Naskh Arabic" fontSize="9" fontSizeUnit="Point" textColor="40,40,40,255" textOpacity="1" multilineHeight="1" namedStyle="Regular" fontWeight="50" allowHtml="0">
        <families><family name="Noto Naskh Arabic"/><family name="Noto Sans Arabic"/><family name="Geeza Pro"/><family name="Segoe UI"/><family name="DejaVu Sans"/></families>
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85" bufferJoinStyle="128" bufferNoFill="1"/>
      </text-style>
      <text-format multilineAlign="3" wrapChar="" autoWrapLength="0" formatNumbers="0"/>
      <placement placement="6" dist="1" distUnits="MM" priority="5" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR"/>
      <rendering drawLabels="1" obstacle="1" displayAll="0" scaleVisibility="0" fontLimitPixelSize="0"/>
    </settings>
  </labeling>
  <layerGeometryType>0</layerGeometryType>
</qgis>
