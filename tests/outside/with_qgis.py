"""The store in QGIS without a screen: it opens styled, draws, is edited by the provider, and keeps the edits."""

import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPointXY,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize

STORE, TASK = sys.argv[1:3]
# What is edited: the incident of Tower 22, in the example reports.
WHO = "\"place_id\" = 'jo-tower-22'"
MOVED = (38.75, 33.25)


def layer(name):
    found = QgsVectorLayer(f"{STORE}|layername={name}", name, "ogr")
    assert found.isValid(), name
    return found


def look(picture):
    incidents, places, circles = layer("incidents"), layer("places"), layer("uncertainty")
    renderer = incidents.renderer()
    assert renderer.type() == "categorizedSymbol", renderer.type()
    assert {"airstrike", "area", "rejected"} <= {category.value() for category in renderer.categories()}
    assert incidents.labelsEnabled() and "place" in incidents.labeling().settings().fieldName
    assert circles.renderer().type() == "categorizedSymbol" and places.labelsEnabled()
    settings = QgsMapSettings()
    settings.setLayers([incidents, places, circles])
    settings.setOutputSize(QSize(1400, 1000))
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setExtent(QgsRectangle(34, 28, 50, 38))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(picture)
    colours = {image.pixel(x, y) for x in range(0, 1400, 2) for y in range(0, 1000, 2)}
    assert len(colours) > 50, "nothing is drawn"


def one(incidents):
    incidents.setSubsetString(WHO)
    found = list(incidents.getFeatures())
    assert len(found) == 1, len(found)
    return found[0]


def edit():
    incidents = layer("incidents")
    feature = one(incidents)
    fields = incidents.fields()
    values = {"killed_min": 7, "killed_max": 7, "review": "confirmed", "note": "ملاحظة المحلل", "date_start": "2024-01-29"}
    provider = incidents.dataProvider()
    assert provider.changeAttributeValues({feature.id(): {fields.indexOf(name): value for name, value in values.items()}})
    assert provider.changeGeometryValues({feature.id(): QgsGeometry.fromPointXY(QgsPointXY(*MOVED))})


def kept():
    feature = one(layer("incidents"))
    assert (feature["killed_min"], feature["killed_max"]) == (7, 7)
    assert (feature["review"], feature["note"]) == ("confirmed", "ملاحظة المحلل")
    assert feature["date_start"].toString("yyyy-MM-dd") == "2024-01-29"
    point = feature.geometry().asPoint()
    assert (round(point.x(), 5), round(point.y(), 5)) == MOVED
    # The spatial index found its way too.
    box = layer("incidents")
    at = QgsRectangle(MOVED[0] - 0.01, MOVED[1] - 0.01, MOVED[0] + 0.01, MOVED[1] + 0.01)
    assert feature["id"] in {found["id"] for found in box.getFeatures(at)}


def project():
    """The project beside the store shows its layers styled, wherever the folder lies; so do the exported files."""
    folder = Path(STORE).parent
    project = QgsProject.instance()
    assert project.read(str(folder / "incidents.qgz")), project.error()
    layers = {layer.removeprefix("mawqi_layer_"): found for layer, found in project.mapLayers().items()}
    assert set(layers) == {"incidents", "uncertainty", "places"}, set(layers)
    for name, found in layers.items():
        assert found.isValid() and found.featureCount() > 0, name
        assert found.crs().authid() == "EPSG:4326", name
        assert Path(found.source().split("|")[0]).resolve() == Path(STORE).resolve(), found.source()
    styled(layers["incidents"])
    assert layers["uncertainty"].renderer().type() == "categorizedSymbol" and layers["places"].labelsEnabled()
    order = [node.layerId().removeprefix("mawqi_layer_") for node in project.layerTreeRoot().findLayers()]
    assert order == ["incidents", "places", "uncertainty"], order
    for name in ("incidents.geojson", "incidents.fgb"):
        exported = QgsVectorLayer(str(folder / name), name, "ogr")
        assert exported.isValid(), name
        styled(exported)
        value = QgsExpression(exported.renderer().classAttribute())
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(exported))
        for feature in exported.getFeatures():
            context.setFeature(feature)
            drawn = value.evaluate(context)
            assert drawn == ("area" if feature["area"] else feature["event_type"]), (name, drawn)


def styled(incidents):
    renderer = incidents.renderer()
    assert renderer.type() == "categorizedSymbol", renderer.type()
    assert {"airstrike", "area"} <= {category.value() for category in renderer.categories()}
    assert incidents.labelsEnabled() and "place" in incidents.labeling().settings().fieldName


QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()
{"look": look, "edit": edit, "kept": kept, "project": project}[TASK](*sys.argv[3:])
application.exitQgis()
